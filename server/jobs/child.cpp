#include "server/jobs/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace server::jobs {
namespace {

struct Pipe {
    Descriptor reading;
    Descriptor writing;
};

/// Above the standard descriptors, so that none is overwritten while those are set up.
Descriptor lifted(int descriptor) {
    return Descriptor(
        check_call(::fcntl(descriptor, F_DUPFD_CLOEXEC, 10), "set up a descriptor"));
}

Pipe make_pipe() {
    std::array<int, 2> ends{};
    check_call(::pipe2(ends.data(), O_CLOEXEC), "make a pipe");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// What the new process does before it becomes the transcoder. Between fork and exec of a program
/// with threads only calls that are safe in a signal handler may be made.
struct Beginning {
    const char* program;
    std::array<char*, 3> arguments;
    std::array<char*, 1> environment;
    std::array<int, 4> descriptors;  ///< become 0 to 3
    int niceness;
    pid_t parent;
    int told;                        ///< where errno goes if it does not get there

    [[noreturn]] void run() const {
        for (int signal = 1; signal < NSIG; ++signal)
            ::signal(signal, SIG_DFL);
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent)
            ::_exit(127);
        [[maybe_unused]] const int nicer = ::nice(niceness);
        constexpr int this_process = 1;
        constexpr int last_of_best_effort = (2 << 13) | 7;
        if (niceness > 0)
            ::syscall(SYS_ioprio_set, this_process, 0, last_of_best_effort);
        bool ready = true;
        for (int number = 0; number < 4; ++number)
            ready = ready && ::dup2(descriptors[static_cast<std::size_t>(number)], number) >= 0;
        if (ready) {
            // The pipe that tells of a failed exec stays open until exec.
            ::close_range(4, static_cast<unsigned>(told) - 1, 0);
            ::close_range(static_cast<unsigned>(told) + 1, ~0U, 0);
            ::execve(program, arguments.data(), environment.data());
        }
        const int error = errno;
        [[maybe_unused]] const auto written = ::write(told, &error, sizeof error);
        ::_exit(127);
    }
};

} // namespace

Descriptor lock_folder(const std::filesystem::path& folder) {
    Descriptor opened(check_call(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                                 "open the folder of a recording"));
    if (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            check_call(-1, "lock the folder of a recording");
        return {};
    }
    return opened;
}

Child::Child(const std::filesystem::path& program, Work work, const Descriptor& folder,
             int niceness) {
    auto in = make_pipe();
    auto out = make_pipe();
    auto failure = make_pipe();
    const std::array theirs{lifted(in.reading.number()), lifted(out.writing.number()), lifted(STDERR_FILENO),
                            lifted(folder.number())};
    auto told = lifted(failure.writing.number());
    std::string option = work == Work::live ? "--live" : work == Work::pages ? "--pages" : "--job";
    std::string name = program.string();
    const Beginning beginning{
        .program = program.c_str(),
        .arguments = {name.data(), option.data(), nullptr},
        .environment = {nullptr},
        .descriptors = {theirs[0].number(), theirs[1].number(), theirs[2].number(),
                        theirs[3].number()},
        .niceness = niceness,
        .parent = ::getpid(),
        .told = told.number(),
    };
    process_ = check_call(::fork(), "start a process");
    if (process_ == 0)
        beginning.run();
    failure.writing = {};
    told = {};
    int error = 0;
    if (::read(failure.reading.number(), &error, sizeof error) == sizeof error) {
        reap();
        throw std::system_error(error, std::system_category(), "start " + program.string());
    }
    // glibc 2.36 declares pidfd_open without C linkage.
    ended_ = Descriptor(
        check_call(static_cast<int>(::syscall(SYS_pidfd_open, process_, 0)), "follow a process"));
    input = std::move(in.writing);
    events = std::move(out.reading);
}

Child::~Child() {
    if (process_ < 0)
        return;
    kill();
    reap();
}

void Child::kill() noexcept {
    if (process_ < 0)
        return;
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL); // it may not have become a group yet
}

std::string Child::reap() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    if (WIFSIGNALED(status))
        return "signal " + std::to_string(WTERMSIG(status));
    return "exit code " + std::to_string(WEXITSTATUS(status));
}

} // namespace server::jobs
