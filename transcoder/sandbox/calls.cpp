#include "transcoder/sandbox/calls.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

namespace transcoder::sandbox {

namespace {

// clang-format off: the lists are read by their kinds.
/// By name, for not every processor has each of them.
constexpr std::array allowed{
    // descriptors
    "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "pwrite64", "pwritev",
    "pwritev2", "lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "pipe2",
    "eventfd2", "poll", "ppoll", "select", "pselect6", "fstat", "fstatfs", "getdents64",
    // files, whose names Landlock decides upon
    "open", "openat", "creat", "stat", "lstat", "newfstatat", "statx", "statfs", "access",
    "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd", "mkdir", "mkdirat", "rmdir",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "umask",
    // data on the disk
    "ftruncate", "fallocate", "fdatasync", "fsync", "sync_file_range", "fadvise64", "flock",
    // memory
    "brk", "munmap", "mremap", "madvise", "membarrier",
    // threads
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq",
    "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "getpriority",
    "exit", "exit_group", "gettid", "restart_syscall",
    // signals, among its own threads
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "rt_sigpending",
    "rt_sigsuspend", "sigaltstack",
    // time
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time",
    "times",
    // who and where it is
    "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getcpu", "getrandom",
    "getrlimit", "getrusage", "sysinfo", "uname",
};

constexpr std::string_view to_start = "execve";

/// Only somebody who has taken the process over makes these.
constexpr std::array deadly{
    "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
    "pidfd_getfd", "kcmp", "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount",
    "pivot_root", "chroot", "unshare", "setns", "init_module", "finit_module", "delete_module",
    "kexec_load", "kexec_file_load", "bpf", "perf_event_open", "userfaultfd", "add_key",
    "request_key", "keyctl", "io_uring_setup", "swapon", "swapoff", "reboot", "iopl", "ioperm",
    "open_by_handle_at", "quotactl", "acct",
};
// clang-format on

struct Release {
    void operator()(void* filter) const noexcept { seccomp_release(filter); }
};

class Filter {
  public:
    Filter() : filter_(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {
        if (filter_ == nullptr)
            throw std::system_error(ENOMEM, std::generic_category(), "make a filter of calls");
        set(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
        constexpr std::uint32_t binary_tree = 2;
        set(SCMP_FLTATR_CTL_OPTIMIZE, binary_tree);
        // Before 5.16 a filter slows all memory access down to hide a process' secrets from
        // itself. This one has none.
        set(SCMP_FLTATR_CTL_SSB, 1);
    }

    template <class... Conditions>
    void rule(std::uint32_t action, const char* call, Conditions... conditions) {
        const int number = seccomp_syscall_resolve_name(call);
        if (number < 0)
            return;
        check(seccomp_rule_add(filter_.get(), action, number, sizeof...(conditions),
                               conditions...));
    }

    void load() { check(seccomp_load(filter_.get())); }

  private:
    static void check(int result) {
        if (result < 0)
            throw std::system_error(-result, std::generic_category(), "set up a filter of calls");
    }
    void set(scmp_filter_attr attribute, std::uint32_t value) {
        check(seccomp_attr_set(filter_.get(), attribute, value));
    }
    std::unique_ptr<void, Release> filter_;
};

constexpr scmp_arg_cmp is(unsigned argument, int value) {
    return {argument, SCMP_CMP_EQ, static_cast<std::uint64_t>(value), 0};
}

constexpr scmp_arg_cmp has(unsigned argument, std::uint64_t bits, std::uint64_t value) {
    return {argument, SCMP_CMP_MASKED_EQ, bits, value};
}

void allow_some_of(Filter& filter) {
    constexpr auto allow = SCMP_ACT_ALLOW;
    filter.rule(allow, "clone", has(0, CLONE_THREAD, CLONE_THREAD));
    // Its flags lie in memory, where no filter sees them; glibc then takes clone.
    filter.rule(SCMP_ACT_ERRNO(ENOSYS), "clone3");
    for (const auto* call : {"mmap", "mmap2", "mprotect"})
        filter.rule(allow, call, has(2, PROT_EXEC, 0));
    for (const int option : {PR_SET_NAME, PR_GET_NAME})
        filter.rule(allow, "prctl", is(0, option));
    // Whether it is a terminal, and how wide; never a key pressed on the person's behalf.
    for (const int request : {TCGETS, TIOCGWINSZ})
        filter.rule(allow, "ioctl", is(1, request));
    // Not F_SETOWN and F_SETSIG, which send signals to others.
    for (const int command :
         {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW})
        for (const auto* call : {"fcntl", "fcntl64"})
            filter.rule(allow, call, is(1, command));
    for (const auto* call : {"kill", "tgkill"})
        filter.rule(allow, call, is(0, ::getpid()));
    filter.rule(allow, "prlimit64", is(2, 0));
}

enum class Starts { nothing, a_program };

Standing enter_filter(Starts starts) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return {Layer::calls, Standing::State::absent, "a sanitizer needs calls of its own"};
#endif
    if (seccomp_api_get() < 3)
        return {Layer::calls, Standing::State::absent, "this kernel has no seccomp filters"};
    Filter filter;
    for (const auto* call : allowed)
        filter.rule(SCMP_ACT_ALLOW, call);
    for (const auto* call : deadly)
        if (starts == Starts::nothing || call != to_start)
            filter.rule(SCMP_ACT_KILL_PROCESS, call);
    allow_some_of(filter);
    if (starts == Starts::a_program)
        for (const auto* call : {"execve", "arch_prctl", "mmap", "mmap2", "mprotect"})
            filter.rule(SCMP_ACT_ALLOW, call);
    filter.load();
    return {Layer::calls, Standing::State::holds, "seccomp"};
}

} // namespace

Standing filter_calls() { return enter_filter(Starts::nothing); }

Standing filter_calls_of_program() { return enter_filter(Starts::a_program); }

} // namespace transcoder::sandbox
