#include "transcoder/sandbox/network.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace transcoder::sandbox {

namespace {

constexpr const char* user_map = "/proc/self/uid_map";
constexpr const char* group_map = "/proc/self/gid_map";
constexpr const char* group_changes = "/proc/self/setgroups";

/// The kernel takes such a file in one write or not at all.
void put(const char* path, const std::string& text) {
    const int descriptor = ::open(path, O_WRONLY | O_CLOEXEC);
    const auto written = descriptor < 0 ? -1 : ::write(descriptor, text.data(), text.size());
    const int why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (written != static_cast<ssize_t>(text.size()))
        throw std::system_error(why, std::generic_category(), std::string("write ") + path);
}

std::string to_itself(unsigned id) {
    return std::to_string(id) + ' ' + std::to_string(id) + " 1";
}

} // namespace

OwnNetwork enter_own_network() {
    const auto user = ::geteuid();
    const auto group = ::getegid();
    if (::unshare(CLONE_NEWNET) == 0)
        return {{Layer::network, Standing::State::holds, "network namespace"},
                ThreadsAreCounted::with_the_users};
    // In a user namespace without maps the user would be nobody: better none than that.
    const bool can_map = ::access(user_map, W_OK) == 0 && ::access(group_map, W_OK) == 0 &&
                         ::access(group_changes, W_OK) == 0;
    if (!can_map || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
        return {{Layer::network, Standing::State::absent, "this user may make no namespaces"},
                ThreadsAreCounted::with_the_users};
    put(user_map, to_itself(user));
    put(group_changes, "deny");
    put(group_map, to_itself(group));
    return {{Layer::network, Standing::State::holds, "user and network namespaces"},
            ThreadsAreCounted::alone};
}

} // namespace transcoder::sandbox
