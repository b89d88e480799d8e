#include "transcoder/hygiene.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace transcoder {

namespace {

constexpr rlim_t gibibyte = rlim_t{1} << 30;

void limit(__rlimit_resource resource, rlim_t most) {
    rlimit now{};
    if (getrlimit(resource, &now) != 0)
        throw std::system_error(errno, std::generic_category(), "read a limit");
    const rlim_t cap = now.rlim_max < most ? now.rlim_max : most;
    const rlimit wanted{cap, cap};
    if (setrlimit(resource, &wanted) != 0)
        throw std::system_error(errno, std::generic_category(), "set a limit");
}

} // namespace

void confine() {
    umask(022);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        throw std::system_error(errno, std::generic_category(), "give up new privileges");
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 256);
    limit(RLIMIT_FSIZE, 256 * gibibyte);
    limit(RLIMIT_CPU, rlim_t{7} * 24 * 3600);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    // The sanitizers reserve far more than they use.
    limit(RLIMIT_AS, 8 * gibibyte);
#endif
    // A write beyond the limit shall be an error with a sentence, not a death.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
}

void follow_parent() {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        throw std::system_error(errno, std::generic_category(), "follow the parent");
}

} // namespace transcoder
