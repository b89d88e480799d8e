#include "catalog/account.h"
#include "catalog/caption.h"
#include "catalog/municipality.h"
#include "catalog/notice.h"
#include "catalog/recording.h"
#include "catalog/session.h"
#include "catalog/transcode_job.h"
#include "catalog/video.h"

#include <catch2/catch.hpp>

namespace catalog {

using namespace std::chrono_literals;

TEST_CASE("every value is read back from its word", "[catalog]") {
    for (const auto value : {Audience::everybody, Audience::staff, Audience::registered}) {
        CHECK(audience_from_text(to_text(value)) == value);
    }
    for (const auto value : {Role::viewer, Role::secretariat}) {
        CHECK(role_from_text(to_text(value)) == value);
    }
    using Recorded = Recording::State;
    for (const auto value :
         {Recorded::queued, Recorded::working, Recorded::ready, Recorded::failed}) {
        CHECK(recording_state_from_text(to_text(value)) == value);
    }
    for (const auto value : {SessionStatus::tentative, SessionStatus::scheduled,
                             SessionStatus::held, SessionStatus::cancelled}) {
        CHECK(session_status_from_text(to_text(value)) == value);
    }
    using Precision = SessionDate::Precision;
    for (const auto value :
         {Precision::minute, Precision::day, Precision::range, Precision::unknown}) {
        CHECK(date_precision_from_text(to_text(value)) == value);
    }
    for (const auto value : {Video::Kind::lecture, Video::Kind::record, Video::Kind::live}) {
        CHECK(video_kind_from_text(to_text(value)) == value);
    }
    using Job = TranscodeJob::State;
    for (const auto value : {Job::waiting, Job::leased, Job::done, Job::failed}) {
        CHECK(job_state_from_text(to_text(value)) == value);
    }
    CHECK_FALSE(audience_from_text("all62").has_value());
}

TEST_CASE("ids are letters, digits, '-' and '_', and start with one of the former", "[catalog]") {
    CHECK(is_valid_id("lec-01"));
    CHECK(is_valid_id("a"));
    CHECK(is_valid_id("n_20210625A"));
    CHECK(is_valid_id(std::string(64, 'x')));
    const auto text = GENERATE(as<std::string>(), "", "-a", "_a", "a.b", "a/b", "a b", "講演",
                               "a\n", std::string(65, 'x'), std::string("a\0b", 3));
    INFO(text);
    CHECK_FALSE(is_valid_id(text));
}

TEST_CASE("a municipality's code ends in its check digit", "[catalog]") {
    CHECK(is_municipality_code("131016"));
    CHECK(is_municipality_code("132080")); // a sum whose remainder is one: digit 0
    CHECK(is_municipality_code("131181")); // a sum that eleven divides: digit 1
    const auto text = GENERATE("131017", "13101", "1310166", "13101a", "", "１31016");
    INFO(text);
    CHECK_FALSE(is_municipality_code(text));
}

TEST_CASE("a notice is new on its day and the thirteen after it, in the site's zone", "[catalog]") {
    const auto tokyo = time::Zone::named("Asia/Tokyo").value();
    Notice notice;
    notice.date = 2021y / 10 / 22;
    const auto first = tokyo.start_of_day(notice.date);
    CHECK_FALSE(is_new(notice, first - 1ms, tokyo));
    CHECK(is_new(notice, first, tokyo));
    CHECK(is_new(notice, first + std::chrono::days(14) - 1ms, tokyo));
    CHECK_FALSE(is_new(notice, first + std::chrono::days(14), tokyo));
}

TEST_CASE("captions are written as WebVTT with their text escaped", "[catalog]") {
    const std::vector<Cue> cues{{0ms, 6'500ms, "脱炭素 & <b>適応</b>"},
                                {3'599'999ms, 100h, "一行目\r\n\r\n二行目 --> 三\n"}};
    CHECK(to_webvtt(cues) == "WEBVTT\n"
                             "\n"
                             "00:00:00.000 --> 00:00:06.500\n"
                             "脱炭素 &amp; &lt;b&gt;適応&lt;/b&gt;\n"
                             "\n"
                             "00:59:59.999 --> 100:00:00.000\n"
                             "一行目\n二行目 --&gt; 三\n");
    CHECK(to_webvtt({}) == "WEBVTT\n");
}

} // namespace catalog
