#include "transcoder/sandbox/apart.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <system_error>
#include <utility>

namespace transcoder::sandbox {

namespace {

using Clock = std::chrono::steady_clock;

int check(int result, const char* doing) {
    if (result < 0)
        throw std::system_error(errno, std::generic_category(), doing);
    return result;
}

class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }
    int number() const { return number_; }

  private:
    int number_ = -1;
};

[[noreturn]] void live(pid_t parent, const std::function<int()>& work) {
    constexpr int software_error = 70; // sysexits.h
    int code = software_error;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(code);
    try {
        code = work();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
    } catch (...) {
        std::fprintf(stderr, "%s\n", "something that is no exception was thrown");
    }
    // Not exit(): what was registered to happen at the end is the starting process' to do.
    std::cout.flush();
    std::fflush(nullptr);
    ::_exit(code);
}

Ended how_ended(const siginfo_t& info) {
    if (info.si_code == CLD_EXITED)
        return {Ended::How::by_itself, info.si_status};
    if (info.si_status == SIGXCPU)
        return {Ended::How::out_of_processor, info.si_status};
    if (info.si_status == SIGSYS)
        return {Ended::How::forbidden_call, info.si_status};
    return {Ended::How::by_signal, info.si_status};
}

/// A process that runs; killed and reaped at the latest when this goes.
class Process {
  public:
    explicit Process(const std::function<int()>& work) {
        // What is in the buffers must not be written by both.
        std::cout.flush();
        std::fflush(nullptr);
        const auto parent = ::getpid();
        id_ = check(::fork(), "start a process");
        if (id_ == 0)
            live(parent, work);
        // glibc 2.36 declares pidfd_open without C linkage.
        handle_ = Descriptor(
            check(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)), "follow a process"));
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (id_ < 0)
            return;
        kill();
        reap();
    }

    /// Readable when it has ended.
    int handle() const { return handle_.number(); }
    void kill() { ::kill(id_, SIGKILL); }
    Ended reap() {
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED) != 0 && errno == EINTR) {
        }
        id_ = -1;
        return how_ended(info);
    }

  private:
    pid_t id_ = -1;
    Descriptor handle_;
};

Ended end(Process& process, Ended::How how) {
    process.kill();
    return {how, process.reap().status};
}

int remaining(Clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    constexpr std::chrono::milliseconds at_most = std::chrono::hours(24);
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), at_most).count());
}

/// Takes what has come; false when it was the end.
bool take(int from, std::string& into) {
    std::array<char, 4096> bytes{};
    const auto got = ::read(from, bytes.data(), bytes.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    into.append(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got > 0;
}

/// Waits for its end. What it says on `said` (-1: nothing) goes to `text`.
Ended follow(Process& process, const Watch& watch, Descriptor said, std::size_t longest,
             std::string& text) {
    const auto deadline = Clock::now() + watch.wall_clock;
    for (;;) {
        std::array polled{pollfd{process.handle(), POLLIN, 0},
                          pollfd{watch.wanted_by, POLLRDHUP, 0}, pollfd{said.number(), POLLIN, 0}};
        if (::poll(polled.data(), polled.size(), remaining(deadline)) < 0 && errno != EINTR)
            check(-1, "wait for a process");
        if (polled[2].revents != 0) {
            if (!take(said.number(), text))
                said = {};
            if (text.size() > longest)
                return end(process, Ended::How::by_signal);
        } else if (polled[0].revents != 0) {
            return process.reap();
        } else if ((polled[1].revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0) {
            return end(process, Ended::How::no_longer_wanted);
        } else if (Clock::now() >= deadline) {
            return end(process, Ended::How::out_of_time);
        }
    }
}

} // namespace

Ended run_apart(const Watch& watch, const std::function<int()>& work) {
    Process process(work);
    std::string nothing;
    return follow(process, watch, {}, 0, nothing);
}

Answer ask_apart(const Watch& watch, std::size_t longest, const std::function<int(int)>& work) {
    std::array<int, 2> ends{};
    check(::pipe2(ends.data(), O_CLOEXEC), "make a pipe");
    Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    const auto answering = [&work, &writing] { return work(writing.number()); };
    Process process(answering);
    writing = {};
    Answer answer{{Ended::How::by_itself, 0}, {}};
    answer.ended = follow(process, watch, std::move(reading), longest, answer.text);
    return answer;
}

} // namespace transcoder::sandbox
