#include "server/pages/words.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace std::chrono_literals;
using catalog::time::parse_rfc3339;
using catalog::time::Zone;
using server::pages::Messages;
using server::pages::Words;

namespace {

const Zone& tokyo() {
    static const Zone zone = Zone::named("Asia/Tokyo").value();
    return zone;
}

const Messages& messages(const std::string& language) {
    static const std::filesystem::path folder(PLAYER_FOLDER);
    static const Messages japanese = Messages::load(folder / "messages/ja.json");
    static const Messages english = Messages::load(folder / "messages/en.json");
    return language == "ja" ? japanese : english;
}

catalog::time::UtcTime at(std::string_view text) { return parse_rfc3339(text).value(); }

Words words_at(std::string_view now, const std::string& language = "ja") {
    return {messages(language), tokyo(), at(now)};
}

catalog::AvailabilityWindow window(std::string_view opens, std::string_view closes) {
    return {opens.empty() ? std::nullopt : parse_rfc3339(opens),
            closes.empty() ? std::nullopt : parse_rfc3339(closes)};
}

constexpr std::string_view demo_now = "2021-10-25T09:00:00+09:00";
constexpr std::string_view lectures_open = "2021-06-29T00:00:00+09:00";
constexpr std::string_view lectures_close = "2021-12-29T00:00:00+09:00";

} // namespace

TEST_CASE("a day is told with its weekday, and with its year where that is another", "[pages]") {
    const Words words = words_at(demo_now);
    CHECK(words.day(2021y / 6 / 29) == "6月29日(火)");
    CHECK(words.day(2022y / 1 / 7) == "2022年1月7日(金)");
    CHECK(words_at(demo_now, "en").day(2021y / 12 / 28) == "Tue 28 December");
}

TEST_CASE("the present year is the zone's, not UTC's", "[pages]") {
    CHECK(words_at("2022-01-01T00:00:00+09:00").day(2022y / 1 / 1) == "1月1日(土)");
    CHECK(words_at("2021-12-31T23:59:59+09:00").day(2022y / 1 / 1) == "2022年1月1日(土)");
}

TEST_CASE("a window that closes as a day ends is told by that day", "[pages]") {
    const auto lectures = window(lectures_open, lectures_close);
    struct Case {
        std::string_view now;
        std::string told;
    };
    const auto [now, told] = GENERATE(Case{"2021-06-28T23:59:59+09:00", "6月29日(火)から"},
                                      Case{"2021-06-29T00:00:00+09:00", "12月28日(火)まで"},
                                      Case{"2021-12-28T23:59:59+09:00", "12月28日(火)まで"},
                                      Case{"2021-12-29T00:00:00+09:00", "12月28日(火)で公開終了"},
                                      Case{"2022-01-01T00:00:00+09:00", "2021年12月28日(火)で公開終了"});
    CHECK(words_at(now).window(lectures) == told);
}

TEST_CASE("a window that closes at a time of day is told to the minute", "[pages]") {
    const auto handout = window("2021-06-25T00:00:00+09:00", "2021-06-28T17:00:00+09:00");
    CHECK(words_at("2021-06-28T16:59:59+09:00").window(handout) == "6月28日(月)17:00まで");
    CHECK(words_at("2021-06-28T17:00:00+09:00").window(handout) == "6月28日(月)17:00で公開終了");
    CHECK(words_at(demo_now).window(window("2021-10-27T13:05:00+09:00", "")) == "10月27日(水)13:05から");
    CHECK(words_at(demo_now).window(window("", "")) == "公開中");
}

TEST_CASE("days left are counted on the calendar, and the last day is told as such", "[pages]") {
    struct Case {
        std::string_view now;
        std::string_view closes;
        std::string told;
    };
    const auto [now, closes, told] = GENERATE(
        Case{demo_now, lectures_close, "残り64日"},
        Case{"2021-12-27T23:59:59+09:00", lectures_close, "残り1日"},
        Case{"2021-12-28T00:00:00+09:00", lectures_close, "本日まで"},
        Case{"2021-12-28T23:59:59+09:00", lectures_close, "本日まで"},
        Case{"2021-06-28T08:00:00+09:00", "2021-06-28T17:00:00+09:00", "本日17:00まで"},
        Case{"2021-06-27T23:00:00+09:00", "2021-06-28T17:00:00+09:00", "残り1日"});
    CHECK(words_at(now).left(at(closes)) == told);
}

TEST_CASE("a session's date is told as precisely as it is known", "[pages]") {
    using Precision = catalog::SessionDate::Precision;
    const Words words = words_at(demo_now);
    catalog::SessionDate when;
    CHECK(words.session_date(when) == "日程は調整中です");

    when.precision = Precision::range;
    when.first_day = 2021y / 11 / 1;
    when.last_day = 2021y / 12 / 31;
    when.label = "11〜12月頃";
    CHECK(words.session_date(when) == "11〜12月頃");
    CHECK(words.countdown(when).empty());
    CHECK(words_at("2022-01-04T09:00:00+09:00").session_date(when) == "2021年 11〜12月頃");

    when = {};
    when.precision = Precision::day;
    when.first_day = 2021y / 10 / 26;
    CHECK(words.session_date(when) == "10月26日(火)");
    CHECK(words.countdown(when) == "明日");

    when.precision = Precision::minute;
    when.first_day = 2021y / 10 / 29;
    when.start = at("2021-10-29T13:30:00+09:00");
    CHECK(words.session_date(when) == "10月29日(金) 13:30から");
    when.end = at("2021-10-29T16:30:00+09:00");
    CHECK(words.session_date(when) == "10月29日(金) 13:30〜16:30");
    CHECK(words.countdown(when) == "あと4日");
    CHECK(words_at("2021-10-29T23:00:00+09:00").countdown(when) == "本日");
    CHECK(words_at("2021-10-30T00:00:00+09:00").countdown(when).empty());
}

TEST_CASE("durations, places and fiscal years are told for people", "[pages]") {
    const Words words = words_at(demo_now);
    CHECK(words.duration(9s) == "9秒");
    CHECK(words.duration(59500ms) == "1分");
    CHECK(words.duration(46min) == "46分");
    CHECK(words.duration(155min) == "2時間35分");
    CHECK(words.fiscal_year(2021y) == "2021年度(令和3年度)");
    CHECK(words.fiscal_year(2018y) == "2018年度");
    CHECK(server::pages::clock_time(3723s) == "1:02:03");
    CHECK(server::pages::clock_time(123900ms) == "2:03");
}
