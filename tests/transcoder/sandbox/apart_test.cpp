#include "transcoder/sandbox/apart.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

namespace {

using namespace std::chrono_literals;
using transcoder::sandbox::ask_apart;
using transcoder::sandbox::Ended;
using transcoder::sandbox::run_apart;
using transcoder::sandbox::Watch;

constexpr Watch patient{1h};

int say(int to, std::string_view text) {
    return ::write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1;
}

int hang() {
    for (;;)
        ::pause();
}

/// Ends this process by `number`, whatever the test program has set up for it.
int die_of(int number) {
    ::signal(number, SIG_DFL);
    return ::raise(number);
}

struct Pipe {
    Pipe() { REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        ::close(ends[0]);
        if (ends[1] >= 0)
            ::close(ends[1]);
    }
    void close_writing() { ::close(std::exchange(ends[1], -1)); }
    std::array<int, 2> ends{};
};

} // namespace

TEST_CASE("work apart ends as it ends", "[transcoder]") {
    CHECK(run_apart(patient, [] { return 0; }) == Ended{Ended::How::by_itself, 0});
    CHECK(run_apart(patient, [] { return 3; }) == Ended{Ended::How::by_itself, 3});
    CHECK(run_apart(patient, [] { return die_of(SIGSEGV); }) ==
          Ended{Ended::How::by_signal, SIGSEGV});
    CHECK(run_apart(patient, [] { return die_of(SIGXCPU); }) ==
          Ended{Ended::How::out_of_processor, SIGXCPU});
    CHECK(run_apart(patient, [] { return die_of(SIGSYS); }) ==
          Ended{Ended::How::forbidden_call, SIGSYS});
}

TEST_CASE("work that throws ends with a code of its own", "[transcoder]") {
    const auto throwing = []() -> int { throw std::runtime_error("the wheel came off"); };
    CHECK(run_apart(patient, throwing) == Ended{Ended::How::by_itself, 70});
}

TEST_CASE("work that hangs ends with the wall clock", "[transcoder]") {
    CHECK(run_apart({50ms}, hang) == Ended{Ended::How::out_of_time, SIGKILL});
}

TEST_CASE("work that ignores every signal it can ends with the wall clock too", "[transcoder]") {
    const auto stubborn = [] {
        for (int signal = 1; signal < NSIG; ++signal)
            ::signal(signal, SIG_IGN);
        return hang();
    };
    CHECK(run_apart({50ms}, stubborn).how == Ended::How::out_of_time);
}

TEST_CASE("work ends when nobody wants it any more", "[transcoder]") {
    Pipe wanted;
    // The work's own copy of the writing end would keep the pipe open.
    wanted.close_writing();
    CHECK(run_apart({1h, wanted.ends[0]}, hang).how == Ended::How::no_longer_wanted);
}

TEST_CASE("what is told apart comes whole, also when it does not fit into a pipe at once",
          "[transcoder]") {
    const std::string text(300'000, 'x');
    const auto answer = ask_apart(patient, 1'000'000, [&text](int to) { return say(to, text); });
    CHECK(answer.ended == Ended{Ended::How::by_itself, 0});
    CHECK(answer.text == text);
}

TEST_CASE("who says too much is stopped", "[transcoder]") {
    const auto babble = [](int to) {
        for (;;)
            say(to, "and on it goes ");
        return 0;
    };
    const auto answer = ask_apart(patient, 10'000, babble);
    CHECK(answer.ended == Ended{Ended::How::by_signal, SIGKILL});
    CHECK(answer.text.size() < 20'000);
}

TEST_CASE("who says nothing and hangs is stopped by the wall clock", "[transcoder]") {
    CHECK(ask_apart({50ms}, 10, [](int) { return hang(); }).ended.how == Ended::How::out_of_time);
}

TEST_CASE("work dies with the process that started it, however that ends", "[transcoder]") {
    Pipe alive;
    const auto starter = ::fork();
    if (starter == 0) {
        const auto work = [&alive] {
            ::close(alive.ends[0]);
            say(alive.ends[1], "!");
            return hang();
        };
        run_apart(patient, work);
        ::_exit(0);
    }
    alive.close_writing();
    char byte = 0;
    REQUIRE(::read(alive.ends[0], &byte, 1) == 1);
    ::kill(starter, SIGKILL);
    ::waitpid(starter, nullptr, 0);
    // The end of the pipe: its last holder, the work, is gone.
    pollfd end{alive.ends[0], POLLIN, 0};
    REQUIRE(::poll(&end, 1, 10'000) == 1);
    CHECK(::read(alive.ends[0], &byte, 1) == 0);
}
