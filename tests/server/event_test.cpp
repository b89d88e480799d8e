#include "server/jobs/event.h"

#include <catch2/catch.hpp>

using namespace server::jobs;
using namespace std::chrono_literals;

namespace {

Event event_of(std::string_view line) {
    const auto read = read_event(line);
    REQUIRE(read.has_value());
    REQUIRE(read->has_value());
    return **read;
}

} // namespace

TEST_CASE("a transcoder's events are read", "[server]") {
    CHECK(event_of(R"({"event":"probed","duration_s":9.5,"video":null,"audio":null,)"
                   R"("renditions":["v720","a64"]})") == Event(Probed{{"v720", "a64"}}));
    CHECK(event_of(R"({"event":"rendition","name":"v720"})") == Event(RenditionBegun{"v720"}));
    CHECK(event_of(R"({"event":"segment","rendition":"a64","number":3,"duration_s":6,)"
                   R"("bytes":48000})") == Event(SegmentLanded{"a64"}));
    CHECK(event_of(R"({"event":"progress","fraction":0.25,"speed":8,"remaining_s":null})") ==
          Event(Progress{0.25, 8, std::nullopt}));
    CHECK(event_of(R"({"event":"finished","duration_s":61.2345,"lost_s":0,"renditions":[]})") ==
          Event(Finished{61235ms, 0ms}));
    CHECK(event_of(R"({"event":"failed","kind":"empty","message":"空です。"})") ==
          Event(Failed{"empty", "空です。"}));
}

TEST_CASE("what a transcoder tells of a live stream is read", "[server]") {
    CHECK(event_of(R"({"event":"live","target_duration_s":4,"part_target_s":1.05,)"
                   R"("renditions":["v720","a64"]})") == Event(LiveBegun{{"v720", "a64"}}));
    CHECK(event_of(R"({"event":"part","number":17,"part":2,"completes":false,"media_s":70.5})") ==
          Event(BeatLanded{70500ms}));
    CHECK(event_of(R"({"event":"publisher","width":1280,"height":720,"frame_rate":30.0,)"
                   R"("bit_rate":2500000,"late_s":0.2,"key_frame_s":2.0,"dropped_frames":3,"sound":true})") ==
          Event(PublisherSeen{1280, 720, 30, 2'500'000, 0.2, 2, 3, true}));
    CHECK(event_of(R"({"event":"rung_dropped","rendition":"v480","why":"behind"})") ==
          Event(RungDropped{"v480"}));
    CHECK(event_of(R"({"event":"interrupted","media_s":1234.5,"lost_s":0})") ==
          Event(Interrupted{1234500ms}));
    CHECK(event_of(R"({"event":"ended","media_s":1234.5})") == Event(LiveEnded{1234500ms}));
}

TEST_CASE("an event that this server does not know is passed over", "[server]") {
    const auto read = read_event(R"({"event":"slides","count":12})");
    REQUIRE(read.has_value());
    CHECK_FALSE(read->has_value());
}

TEST_CASE("what a transcoder reports is input, and checked", "[server]") {
    const std::string_view line = GENERATE(
        "", "segment", "[]", R"({"name":"v720"})", R"({"event":"rendition"})",
        R"({"event":"rendition","name":"../../etc"})", R"({"event":"segment","rendition":7})",
        R"({"event":"progress","fraction":1.5,"speed":1,"remaining_s":null})",
        R"({"event":"progress","fraction":-0.1,"speed":1,"remaining_s":null})",
        R"({"event":"finished","duration_s":1e300,"lost_s":0})",
        R"({"event":"finished","duration_s":"10","lost_s":0})",
        R"({"event":"live","renditions":["../v"]})", R"({"event":"part","media_s":-1})",
        R"({"event":"publisher","width":1280})", R"({"event":"rung_dropped","rendition":""})",
        R"({"event":"publisher","width":0,"height":0,"frame_rate":0,"bit_rate":0,"late_s":0,)"
        R"("key_frame_s":0,"dropped_frames":0,"sound":1})",
        R"({"event":"ended"})",
        R"({"event":"failed","kind":"whim","message":"x"})",
        R"({"event":"failed","kind":"empty","message":""})",
        R"({"event":"failed","kind":"empty","message":"line\nline"})",
        "{\"event\":\"failed\",\"kind\":\"empty\",\"message\":\"\xff\"}");
    CAPTURE(line);
    const auto read = read_event(line);
    REQUIRE(read.has_error());
    CHECK(read.error().kind == catalog::Refusal::invalid);
}

TEST_CASE("only failures that may pass are worth another try", "[server]") {
    CHECK(Failed{"internal", "x"}.again() == Failed::Again::may_pass);
    CHECK(Failed{"no_space", "x"}.again() == Failed::Again::may_pass);
    CHECK(Failed{"truncated", "x"}.again() == Failed::Again::will_not);
}
