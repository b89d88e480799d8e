#include "transcoder/sandbox/program.h"

#include "tests/support/temporary_folder.h"
#include "transcoder/sandbox/files.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

namespace {

using namespace std::chrono_literals;
using namespace transcoder::sandbox;

constexpr std::uint64_t mebibyte = 1 << 20;

/// A file to read from, and programs that look at it.
struct Input {
    Input() {
        std::ofstream(file()) << "hostile bytes";
        descriptor = ::open(file().c_str(), O_RDONLY | O_CLOEXEC);
        REQUIRE(descriptor >= 0);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input() { ::close(descriptor); }

    std::filesystem::path file() const { return place.path() / "input"; }

    Answer run(const std::string& path, std::vector<std::string> words) const {
        const Program program{.path = path,
                              .words = std::move(words),
                              .input = descriptor,
                              .limits = {.memory_bytes = 256 * mebibyte,
                                         .processor = 5s,
                                         .file_bytes = 0,
                                         .descriptors = 32,
                                         .threads = 4},
                              .complaints = Program::Complaints::told};
        return ask_program({30s}, mebibyte, program);
    }

    test::TemporaryFolder place;
    int descriptor = -1;
};

bool came_through(const Answer& answer) {
    return answer.ended == Ended{Ended::How::by_itself, 0};
}

} // namespace

TEST_CASE("a program inside reads what it is given, from its beginning, each time", "[transcoder]") {
    const Input input;
    for (int time = 0; time < 2; ++time) {
        const auto answer = input.run("/usr/bin/cat", {});
        CHECK(answer.text == "hostile bytes");
        CHECK(came_through(answer));
    }
}

TEST_CASE("a program that is not there does not start", "[transcoder]") {
    const Input input;
    CHECK(input.run("/usr/bin/no-such-program", {}).ended ==
          Ended{Ended::How::by_itself, could_not_start});
}

TEST_CASE("a program inside reads no file of anybody's", "[transcoder]") {
    if (landlock_abi() == 0)
        return;
    const Input input;
    CHECK_FALSE(came_through(input.run("/usr/bin/cat", {input.file().string()})));
    CHECK_FALSE(came_through(input.run("/usr/bin/cat", {"/etc/passwd"})));
    CHECK_FALSE(came_through(input.run("/usr/bin/ls", {"/"})));
}

TEST_CASE("a program inside writes nothing and starts no other", "[transcoder]") {
    if (landlock_abi() == 0)
        return;
    const Input input;
    const auto fresh = input.place.path() / "fresh";
    CHECK_FALSE(came_through(input.run("/usr/bin/touch", {fresh.string()})));
    CHECK_FALSE(std::filesystem::exists(fresh));
    CHECK_FALSE(came_through(input.run("/usr/bin/rm", {input.file().string()})));
    CHECK(std::filesystem::exists(input.file()));
    CHECK_FALSE(came_through(input.run("/usr/bin/env", {"/usr/bin/cat"})));
}

TEST_CASE("a program inside has no network, and uses up no more than it may", "[transcoder]") {
    const Input input;
    CHECK_FALSE(came_through(input.run("/usr/bin/bash", {"-c", "exec 3<>/dev/tcp/127.0.0.1/9"})));
    const auto greedy = input.run("/usr/bin/bash", {"-c", "a=x; while :; do a=$a$a; done"});
    CHECK_FALSE(came_through(greedy));
    const auto endless = input.run("/usr/bin/bash", {"-c", "while :; do :; done"});
    CHECK_FALSE(came_through(endless));
}
