#include "catalog/time/written_span.h"

#include "catalog/time/day_off.h"

#include <catch2/catch.hpp>

namespace catalog::time {

using namespace std::chrono_literals;

namespace {

const Date today = 2021y / 10 / 25;

WrittenSpan read(std::string_view text) { return read_written_span(text, today).value(); }

std::string refused(std::string_view text) {
    const auto span = read_written_span(text, today);
    return span ? "it was read" : span.error().message;
}

} // namespace

TEST_CASE("a span of days is read however it is typed", "[catalog]") {
    const WrittenSpan lectures{WrittenTime{2021y / 6 / 29, {}}, WrittenTime{2021y / 12 / 28, {}}, {}};
    const auto text = GENERATE(
        "6月29日(火)〜12月28日(火)", "６月２９日（火）～１２月２８日（火）", "6月29日から12月28日まで",
        "2021年6月29日(火)から、2021年12月28日(火)まで", "令和3年6月29日～令和3年12月28日",
        "公開期間：令和３年６月２９日㈫〜１２月２８日㈫まで", "R3.6.29-R3.12.28", "2021/6/29 - 2021/12/28",
        "2021-06-29〜2021-12-28", "6/29(火)-12/28(火)", "  6 月 29 日 ( 火 ) 〜 12月28日火曜日\n",
        "6月29日(火曜日)より12月28日(火・祝)まで", "6月29日から〜12月28日迄");
    INFO(text);
    const auto span = read_written_span(text, today);
    if (!span) {
        FAIL(span.error().message);
    }
    CHECK(*span == lectures);
}

TEST_CASE("one end, one day, and times of day are read", "[catalog]") {
    CHECK(read("7月27日〜").from == WrittenTime{2021y / 7 / 27, {}});
    CHECK(read("7月27日から") == WrittenSpan{WrittenTime{2021y / 7 / 27, {}}, {}, {}});
    CHECK(read("6月28日(月)17:00まで") == WrittenSpan{{}, WrittenTime{2021y / 6 / 28, 17h}, {}});
    CHECK(read("〜6月28日午後5時半") == WrittenSpan{{}, WrittenTime{2021y / 6 / 28, 17h + 30min}, {}});
    CHECK(read("令和3年6月29日") == WrittenSpan{{}, {}, WrittenTime{2021y / 6 / 29, {}}});
    CHECK(read("令和元年5月7日") == WrittenSpan{{}, {}, WrittenTime{2019y / 5 / 7, {}}});
    CHECK(read("7月27日 9時〜7月30日 24時") ==
          WrittenSpan{WrittenTime{2021y / 7 / 27, 9h}, WrittenTime{2021y / 7 / 30, 24h}, {}});
    CHECK(read("11月1日〜5日正午") ==
          WrittenSpan{WrittenTime{2021y / 11 / 1, {}}, WrittenTime{2021y / 11 / 5, 12h}, {}});
}

TEST_CASE("a year that is not written is the fiscal year's, an end's the one after its beginning", "[catalog]") {
    CHECK(read("3月31日まで").until->day == Date(2022y / 3 / 31));
    CHECK(read("12月1日〜1月31日").until->day == Date(2022y / 1 / 31));
    CHECK(read("2023年12月1日〜1月31日").until->day == Date(2024y / 1 / 31));
    CHECK(read("12月1日〜2024年1月31日").from->day == Date(2023y / 12 / 1));
    CHECK(read_written_span("6月29日から", 2022y / 2 / 1).value().from->day == Date(2021y / 6 / 29));
    CHECK(read_written_span("6月29日から", 2022y / 4 / 1).value().from->day == Date(2022y / 6 / 29));
}

TEST_CASE("a wrong weekday is refused with the right one named, both ends at once", "[catalog]") {
    CHECK(refused("6月29日(木)〜12月28日(木)") ==
          "2021年6月29日は火曜日です。木曜日と書かれています。ほかの年のことでしたら、年も入力してください。"
          "2021年12月28日は火曜日です。木曜日と書かれています。ほかの年のことでしたら、年も入力してください。");
    CHECK(refused("令和3年6月29日(水)") == "2021年6月29日は火曜日です。水曜日と書かれています。");
    CHECK(read("2023年6月29日(木)〜12月28日(木)").until->day == Date(2023y / 12 / 28));
}

TEST_CASE("what is no span of days is refused in a sentence", "[catalog]") {
    CHECK(refused("2021年2月29日まで") == "2021年に2月29日はありません。");
    CHECK(refused("4月31日") == "2021年に4月31日はありません。");
    const auto text = GENERATE("", "いつでも", "29日まで", "13月", "6月29", "6月29日〜12月28日〜1月3日", "6月29日 25:00まで",
                               "6月29日午後12時まで", "第1回 6月29日", "0", "令和年6月29日", "6月29日から28", "\xE3\x80", "99999月1日");
    INFO(text);
    const auto span = read_written_span(text, today);
    REQUIRE_FALSE(span.has_value());
    CHECK(span.error().kind == Refusal::invalid);
}

TEST_CASE("a text that is far too long is refused", "[catalog]") {
    CHECK_FALSE(read_written_span(std::string(100'000, '6'), today).has_value());
}

TEST_CASE("holidays follow from the law", "[catalog]") {
    const auto name = [](Date day) {
        const auto off = day_off(day);
        return off ? std::string(off->holiday) : std::string("no day off");
    };
    // The lists of the Cabinet Office.
    CHECK(name(2021y / 1 / 11) == "成人の日");
    CHECK(name(2021y / 3 / 20) == "春分の日");
    CHECK(name(2021y / 7 / 22) == "海の日");
    CHECK(name(2021y / 7 / 19) == "no day off");
    CHECK(name(2021y / 8 / 8) == "山の日");
    CHECK(name(2021y / 8 / 9) == "振替休日");
    CHECK(name(2021y / 10 / 11) == "no day off");
    CHECK(name(2021y / 9 / 23) == "秋分の日");
    CHECK(name(2022y / 8 / 11) == "山の日");
    CHECK(name(2019y / 4 / 30) == "国民の休日");
    CHECK(name(2019y / 5 / 2) == "国民の休日");
    CHECK(name(2019y / 5 / 6) == "振替休日");
    CHECK(name(2026y / 9 / 22) == "国民の休日");
    CHECK(name(2026y / 5 / 6) == "振替休日");
    CHECK(name(2024y / 2 / 12) == "振替休日");
    CHECK(name(2024y / 9 / 22) == "秋分の日");
    CHECK(name(2024y / 9 / 23) == "振替休日");
    CHECK(name(2025y / 2 / 24) == "振替休日");
}

TEST_CASE("town halls are closed at weekends and at the year's end", "[catalog]") {
    CHECK(day_off(2021y / 12 / 28) == std::nullopt);
    CHECK(day_off(2021y / 12 / 29)->kind == DayOff::Kind::year_end);
    CHECK(day_off(2022y / 1 / 1) == DayOff{DayOff::Kind::year_end, "元日"});
    CHECK(day_off(2022y / 1 / 3)->kind == DayOff::Kind::year_end);
    CHECK(day_off(2022y / 1 / 4) == std::nullopt);
    CHECK(day_off(2021y / 10 / 23)->kind == DayOff::Kind::saturday);
    CHECK(day_off(2021y / 10 / 24)->kind == DayOff::Kind::sunday);
    CHECK(day_off(2021y / 11 / 3)->kind == DayOff::Kind::holiday);
}

} // namespace catalog::time
