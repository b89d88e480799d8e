#include "transcoder/sandbox/limits.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <system_error>

namespace transcoder::sandbox {

namespace {

/// The sanitizers keep their notes in terabytes of address space.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool instrumented = true;
#else
constexpr bool instrumented = false;
#endif

void set(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    rlimit now{};
    if (getrlimit(resource, &now) != 0)
        throw std::system_error(errno, std::generic_category(), "read a limit");
    // One that is lower already stays: it may not be raised, and somebody wanted it.
    const rlimit wanted{std::min(soft, now.rlim_max), std::min(hard, now.rlim_max)};
    if (setrlimit(resource, &wanted) != 0)
        throw std::system_error(errno, std::generic_category(), "set a limit");
}

void set(__rlimit_resource resource, rlim_t most) {
    set(resource, most, most);
}

/// Bytes of address space that this process has mapped.
std::uint64_t mapped() {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    constexpr std::uint64_t about_what_the_libraries_take = std::uint64_t{512} << 20;
    return pages == 0 ? about_what_the_libraries_take
                      : pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

Standing limit(const Limits& limits, ThreadsAreCounted counted) {
    // A write beyond the limit answers EFBIG instead of ending the process.
    if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR)
        throw std::system_error(errno, std::generic_category(), "ignore a signal");
    constexpr rlim_t last_words_s = 2;
    const auto processor = static_cast<rlim_t>(limits.processor.count());
    set(RLIMIT_CPU, processor, processor + last_words_s);
    set(RLIMIT_FSIZE, limits.file_bytes);
    set(RLIMIT_NOFILE, limits.descriptors);
    set(RLIMIT_CORE, 0);
    std::string missing;
    if (instrumented)
        missing = "memory is not limited under a sanitizer";
    else
        set(RLIMIT_AS, mapped() + limits.memory_bytes);
    if (counted == ThreadsAreCounted::alone)
        set(RLIMIT_NPROC, limits.threads);
    else
        missing += std::string(missing.empty() ? "" : ", ") + "threads are not limited";
    return {Layer::limits, missing.empty() ? Standing::State::holds : Standing::State::partly,
            missing.empty() ? "rlimits" : missing};
}

} // namespace transcoder::sandbox
