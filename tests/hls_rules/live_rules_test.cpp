#include "tests/support/hls_rules/live_rules.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

#include <functional>

namespace hls_rules {

namespace {

enum class Form { live, ended };

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string date(int seconds) {
    return "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:" + two(10 + seconds / 60) + ":" +
           two(seconds % 60) + ".000Z\n";
}

std::string part_lines(int segment, int parts) {
    std::string lines;
    for (int part = 0; part < parts; ++part) {
        lines += "#EXT-X-PART:DURATION=1.000000,URI=\"" + std::to_string(segment) + "." +
                 std::to_string(part) + ".m4s\"" + (part == 0 ? ",INDEPENDENT=YES\n" : "\n");
    }
    return lines;
}

/// A playlist of so many seconds, in segments of four. At its eighth second the publisher was away.
std::string version(int seconds, Form form = Form::live, int skipped = 0) {
    const bool ended = form == Form::ended;
    std::string text = "#EXTM3U\n#EXT-X-VERSION:" + std::string(skipped > 0 ? "9" : "6") +
                       "\n#EXT-X-TARGETDURATION:4\n";
    if (!ended) {
        text += "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.000000,"
                "PART-HOLD-BACK=3.000000,HOLD-BACK=12.000000\n"
                "#EXT-X-PART-INF:PART-TARGET=1.000000\n";
    }
    text += "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:" + std::string(ended ? "VOD" : "EVENT") +
            "\n#EXT-X-MAP:URI=\"" + (skipped > 2 ? "init-2.mp4" : "init.mp4") + "\"\n";
    if (skipped > 0) {
        text += "#EXT-X-SKIP:SKIPPED-SEGMENTS=" + std::to_string(skipped) + "\n";
    }
    for (int segment = skipped; segment * 4 < seconds; ++segment) {
        const int parts = std::min(4, seconds - segment * 4);
        text += segment == 2 ? "#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"init-2.mp4\"\n" : "";
        text += date(segment * 4 + (segment < 2 ? 0 : 60));
        if (!ended && seconds - segment * 4 - parts < 12) {
            text += part_lines(segment, parts);
        }
        if (parts == 4) {
            text += "#EXTINF:4.000000,\n" + std::to_string(segment) + ".m4s\n";
        }
    }
    if (ended) {
        return text + "#EXT-X-ENDLIST\n";
    }
    const std::string last = std::to_string((seconds - 1) / 4);
    return text + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"" + std::to_string(seconds / 4) + "." +
           std::to_string(seconds % 4) +
           ".m4s\"\n#EXT-X-RENDITION-REPORT:URI=\"../a64/index.m3u8\",LAST-MSN=" + last +
           ",LAST-PART=" + std::to_string((seconds - 1) % 4) + "\n";
}

/// The rules that a version breaks by itself and against the one that is a second older.
std::set<std::string> broken(const std::string& text, int seconds) {
    Breaches breaches;
    const auto before = read_live_version(version(seconds - 1), "v360/0.m3u8", breaches);
    const auto now = read_live_version(text, "v360/1.m3u8", breaches);
    check_version(now, {"a64"}, breaches);
    check_next(before, now, breaches);
    std::set<std::string> rules;
    for (const Breach& breach : breaches) {
        UNSCOPED_INFO(to_text(breach));
        rules.insert(breach.rule);
    }
    return rules;
}

std::string replaced(std::string text, const std::string& from, const std::string& to,
                     const std::string& behind = "") {
    const auto at = text.find(from, behind.empty() ? 0 : text.find(behind));
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

struct Case {
    std::string rule;
    std::string from;
    std::string to;
    std::string behind = "";
};

} // namespace

TEST_CASE("a live playlist that keeps the rules breaks none", "[hls_rules]") {
    for (int seconds = 2; seconds < 60; ++seconds) {
        INFO(seconds);
        CHECK(broken(version(seconds), seconds).empty());
    }
    CHECK(broken(version(32, Form::ended), 33).empty());
}

TEST_CASE("each rule that a live playlist breaks is found", "[hls_rules]") {
    const std::vector<Case> cases{
        {"P1", "#EXTM3U", "#EXTM3"},
        {"P3", "VERSION:6", "VERSION:5"},
        {"P4", "URI=\"init.mp4\"", "URI=\"../init.mp4\""},
        {"M1", "#EXTINF:4.000000,\n4.m4s", "4.m4s"},
        {"M2", "#EXTINF:4.000000,\n0.m4s", "#EXTINF:4.600000,\n0.m4s"},
        {"M7", "EVENT", "VOD"},
        {"M8", "#EXT-X-MAP:URI=\"init.mp4\"\n", ""},
        {"M12", "#EXT-X-DISCONTINUITY\n", ""},
        {"L1", "TARGETDURATION:4", "TARGETDURATION:5"},
        {"L2", "MEDIA-SEQUENCE:0", "MEDIA-SEQUENCE:1"},
        {"L2", "0.m4s", "9.m4s"},
        {"L2", "#EXTINF:4.000000,\n4.m4s", "#EXTINF:3.900000,\n4.m4s"},
        {"L2", "URI=\"7.0.m4s\"", "URI=\"7.9.m4s\""},
        {"L2", "init-2.mp4", "init-9.mp4"},
        {"L2", "04:11:28.000Z", "04:11:28.001Z"},
        {"L4", "#EXT-X-PROGRAM-DATE-TIME:2021-10-27T04:10:00.000Z\n", ""},
        {"L4", "04:10:04.000Z", "04:10:04.500Z"},
        {"L4", "04:11:08.000Z", "04:10:07.000Z"},
        {"L4", "04:10:04.000Z", "noon"},
        {"LL1", "PART-HOLD-BACK=3.0", "PART-HOLD-BACK=2.9"},
        {"LL1", "#EXT-X-PART-INF:PART-TARGET=1.000000\n", ""},
        {"LL2", "HOLD-BACK=12", "HOLD-BACK=11", "PART-HOLD-BACK=3.000000,"},
        {"LL2", "CAN-SKIP-UNTIL=24", "CAN-SKIP-UNTIL=23"},
        {"LL2", "HOLD-BACK=12", "HOLD-BACK=13", "PART-HOLD-BACK=3.000000,"},
        {"LL3", "DURATION=1.000000,URI=\"7.1", "DURATION=1.100000,URI=\"7.1"},
        {"LL3", "DURATION=1.000000,URI=\"7.1", "DURATION=0.800000,URI=\"7.1"},
        {"LL4", "\"7.0.m4s\",INDEPENDENT=YES", "\"7.0.m4s\""},
        {"LL5", "DURATION=1.000000,URI=\"6.3", "DURATION=0.900000,URI=\"6.3"},
        {"LL6", part_lines(6, 4), ""},
        {"LL6", "#EXTINF:4.000000,\n1.m4s", part_lines(1, 4) + "#EXTINF:4.000000,\n1.m4s"},
        {"LL7", "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"7.3.m4s\"\n", ""},
        {"LL7", "URI=\"7.2.m4s\"", "URI=\"7.8.m4s\""},
        {"LL8", "#EXT-X-RENDITION-REPORT:URI=\"../a64/", "#EXT-X-RENDITION-REPORT:URI=\"../a128/"},
        {"LL8", "LAST-MSN=7", "LAST-MSN=5"},
        {"LL8", "LAST-MSN=7", "LAST-MSN=9"},
        {"LL12", "CAN-BLOCK-RELOAD=YES,", ""},
    };
    for (const Case& each : cases) {
        INFO(each.rule << ": " << each.from << " becomes " << each.to);
        CHECK(broken(replaced(version(31), each.from, each.to, each.behind), 31).contains(each.rule));
    }
}

TEST_CASE("what went away or goes on behind the end is found", "[hls_rules]") {
    CHECK(broken(version(20), 31).contains("L2"));
    Breaches breaches;
    const auto ended = read_live_version(version(28, Form::ended), "v360/0.m3u8", breaches);
    check_next(ended, read_live_version(version(32, Form::ended), "v360/1.m3u8", breaches), breaches);
    REQUIRE(breaches.size() == 1);
    CHECK(breaches.front().rule == "L7");
}

TEST_CASE("a delta update gives the whole playlist", "[hls_rules]") {
    Breaches breaches;
    const auto before = read_live_version(version(47), "v360/0.m3u8", breaches);
    const auto delta = read_live_version(version(48, Form::live, 5), "v360/0-delta.m3u8", breaches);
    const auto whole = apply_delta(before, delta, breaches);
    check_version(whole, {"a64"}, breaches);
    check_next(before, whole, breaches);
    CHECK(breaches.empty());
    const auto expected = read_live_version(version(48), "v360/1.m3u8", breaches);
    REQUIRE(whole.segments.size() == expected.segments.size());
    CHECK(whole.segments[3].address == expected.segments[3].address);

    const auto is_broken = [&before](const std::string& text) {
        Breaches found;
        apply_delta(before, read_live_version(text, "v360/0-delta.m3u8", found), found);
        return !found.empty() && found.front().rule == "LL11";
    };
    CHECK(is_broken(version(48, Form::live, 7)));
    CHECK(is_broken(replaced(version(48, Form::live, 5), "init-2.mp4", "init.mp4")));
    CHECK(is_broken(replaced(version(48, Form::live, 5), "SEGMENTS=5", "SEGMENTS=99")));
}

TEST_CASE("a session that was recorded is checked from its first version to its last", "[hls_rules]") {
    const test::TemporaryFolder folder;
    for (const std::string name : {"a64", "v360"}) {
        const std::string other = name == "a64" ? "v360" : "a64";
        std::filesystem::create_directory(folder / name);
        for (int seconds = 4; seconds <= 48; ++seconds) {
            const auto file = name + "/" + std::to_string(seconds);
            std::string text = version(seconds);
            folder.write(file + ".m3u8", replaced(text, "../a64/", "../" + other + "/"));
            if (seconds > 30 && seconds < 48) {
                const int skipped = (seconds + 1) / 4 - 6;
                folder.write(file + "-delta.m3u8", replaced(version(seconds + 1, Form::live, skipped),
                                                            "../a64/", "../" + other + "/"));
            }
        }
        folder.write(name + "/49.m3u8", version(48, Form::ended));
    }
    const auto said = [&folder] {
        std::string text;
        for (const Breach& breach : check_recorded_session(folder.path())) {
            text += to_text(breach) + "\n";
        }
        return text;
    };
    CHECK(said().empty());
    folder.remove("v360/49.m3u8");
    CHECK(said() == "L7 v360/48.m3u8: the last version has no end\n");
}

} // namespace hls_rules
