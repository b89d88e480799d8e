#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// One call as strace wrote it down.
struct Call {
    int process;
    std::string text; ///< openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = -1 EACCES (…)
    bool is(const char* name) const { return text.starts_with(std::string(name) + "("); }
    /// A call that was interrupted counts as one that came through, wherever it is written.
    bool failed() const { return text.find(" = -1 ") != std::string::npos; }
    bool names(const std::string& path) const { return text.find(path) != std::string::npos; }
};

struct Traced {
    int exit_code = -1;
    std::vector<Call> calls;
};

int run(const std::string& command) {
    return WEXITSTATUS(std::system(command.c_str()));
}

std::string in_quotes(const fs::path& path) {
    return "'" + path.string() + "'";
}

bool can_trace() {
    if (run("strace -f -o /dev/null true >/dev/null 2>&1") == 0)
        return true;
    WARN("not shown: strace is not here, or may not trace");
    return false;
}

/// Adds a line of strace's. A call during which another process called is written in two halves:
/// `openat(… <unfinished ...>` and `<... openat resumed>) = 3`.
void add(std::vector<Call>& calls, Call call) {
    constexpr std::string_view unfinished = " <unfinished ...>";
    if (!call.text.starts_with("<... ")) {
        calls.push_back(std::move(call));
        return;
    }
    const auto begun = std::find_if(calls.rbegin(), calls.rend(), [&call](const Call& earlier) {
        return earlier.process == call.process && earlier.text.ends_with(unfinished);
    });
    REQUIRE(begun != calls.rend());
    begun->text.erase(begun->text.size() - unfinished.size());
    begun->text += call.text.substr(call.text.find('>') + 1);
}

/// Runs the real transcoder and writes down what it and all its processes open, connect and start.
Traced trace(const test::TemporaryFolder& world, const fs::path& input, const fs::path& folder) {
    const auto log = world / "log";
    Traced traced;
    traced.exit_code =
        run("strace -f -qq -s 4096 -e signal=none -e trace=open,openat,openat2,creat,socket,"
            "connect,sendto,execve,execveat,seccomp -o " +
            in_quotes(log) + " " TRANSCODER_PROGRAM " " + in_quotes(input) + " " +
            in_quotes(folder) + " >/dev/null 2>&1");
    std::ifstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        std::size_t end = 0;
        const int process = std::stoi(line, &end);
        add(traced.calls, {process, line.substr(line.find_first_not_of(' ', end))});
    }
    return traced;
}

/// What was called inside the sandbox: by those processes that entered it, from then on, and by
/// their threads, all of whose calls are inside.
std::vector<Call> inside(const std::vector<Call>& calls) {
    std::set<int> enter;
    for (const auto& call : calls)
        if (call.is("seccomp"))
            enter.insert(call.process);
    std::vector<Call> seen_inside;
    std::set<int> entered;
    for (const auto& call : calls) {
        // libseccomp asks what there is before it sets the filter.
        if (call.is("seccomp") && call.names("SECCOMP_SET_MODE_FILTER") && !call.failed())
            entered.insert(call.process);
        else if (call.process != calls.front().process &&
                 (!enter.contains(call.process) || entered.contains(call.process)))
            seen_inside.push_back(call);
    }
    return seen_inside;
}

} // namespace

TEST_CASE("inside the sandbox the real transcoder opens its folder and nothing else",
          "[transcoder]") {
    if (!can_trace())
        return;
    const test::TemporaryFolder world;
    REQUIRE(run("ffmpeg -v error -f lavfi -i testsrc2=s=160x90:r=10 -f lavfi -i sine -t 2 " +
                in_quotes(world / "source.mp4")) == 0);
    const auto folder = world / "out";
    const auto traced = trace(world, world / "source.mp4", folder);
    REQUIRE(traced.exit_code == 0);
    CHECK(fs::exists(folder / "main.m3u8"));
    const auto calls = inside(traced.calls);
    if (calls.empty())
        WARN("not shown: the filter of calls could not be set here");
    const auto in_folder = [&folder](const Call& call) { return call.names(folder.string()); };
    const auto came_through = [](const Call& call) { return !call.failed(); };
    CHECK(std::ranges::count_if(calls, in_folder) > 0);
    for (const auto& call : calls) {
        CAPTURE(call.text);
        CHECK((in_folder(call) || !came_through(call)));
        CHECK_FALSE(call.is("socket"));
        CHECK_FALSE(call.is("connect"));
        CHECK_FALSE(call.is("execve"));
    }
}

TEST_CASE("a playlist that calls itself a recording opens nothing that it names", "[transcoder]") {
    if (!can_trace())
        return;
    const test::TemporaryFolder world;
    const auto secret = (world / "secret.mp4").string();
    REQUIRE(run("ffmpeg -v error -f lavfi -i testsrc2=s=160x90:r=10 -t 1 " + in_quotes(secret)) ==
            0);
    const auto text = GENERATE_COPY(values<std::string>({
        "ffconcat version 1.0\nfile '" + secret + "'\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + secret + "\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXTINF:1,\nconcat:" + secret + "|" + secret + "\n#EXT-X-ENDLIST\n",
        "<?xml version=\"1.0\"?><MPD><Period><BaseURL>file://" + secret +
            "</BaseURL></Period></MPD>",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n",
    }));
    world.write("lecture.mp4", text);
    const auto traced = trace(world, world / "lecture.mp4", world / "out");
    CAPTURE(text);
    CHECK(traced.exit_code != 0);
    CHECK_FALSE(fs::exists(world / "out"));
    for (const auto& call : traced.calls) {
        CAPTURE(call.text);
        CHECK_FALSE(call.names("secret"));
        CHECK_FALSE(call.is("socket"));
        CHECK_FALSE(call.is("connect"));
    }
}
