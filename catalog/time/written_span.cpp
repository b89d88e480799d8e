#include "catalog/time/written_span.h"

#include "catalog/time/digits.h"
#include "catalog/time/typed_text.h"

#include <array>
#include <string>
#include <vector>

namespace catalog::time {

namespace {

using std::chrono::minutes;

constexpr std::size_t longest_text = 400;
constexpr std::array<std::string_view, 7> weekdays{"日", "月", "火", "水", "木", "金", "土"};

Error unreadable(std::string_view what) {
    return refuse(Refusal::invalid,
                  "「" + std::string(what) + "」を日付として読み取れませんでした。「6月29日(火)〜12月28日(火)」のように入力してください。");
}

/// A day as far as it is written.
struct PartialTime {
    std::optional<int> year;
    std::optional<int> month;
    int day = 0;
    std::optional<unsigned> weekday;  ///< 0 is Sunday
    std::optional<minutes> time_of_day;
};

bool take_word(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

void skip_blanks(std::string_view& text) {
    while (take(text, ' ')) {
    }
}

/// Up to `most` digits from the front, at least one.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') {
        ++count;
    }
    return count == 0 || count > most ? std::nullopt : take_digits(text, count);
}

struct Era {
    std::string_view name;
    int year_before;
};
constexpr std::array<Era, 4> eras{{{"令和", 2018}, {"平成", 1988}, {"r", 2018}, {"h", 1988}}};

/// 令和3年, R3., 2021年, 2021/, 2021-, 2021.; nothing, and `text` as it was, where no year stands there.
std::optional<int> take_year(std::string_view& text) {
    const auto mark = [](std::string_view& after) {
        skip_blanks(after);
        return take_word(after, "年") || take(after, '/') || take(after, '-') || take(after, '.');
    };
    std::string_view rest = text;
    for (const auto& [name, year_before] : eras) {
        if (!take_word(rest, name)) {
            continue;
        }
        skip_blanks(rest);
        const auto number = take_word(rest, "元") ? std::optional(1) : take_number(rest, 2);
        if (number && *number > 0 && mark(rest)) {
            text = rest;
            return year_before + *number;
        }
        return std::nullopt;
    }
    const auto number = take_digits(rest, 4);
    if (number && mark(rest)) {
        text = rest;
        return number;
    }
    return std::nullopt;
}

/// 6月29日, 6/29, 29日; false where none stands there.
bool take_month_and_day(std::string_view& text, PartialTime& time) {
    skip_blanks(text);
    const auto first = take_number(text, 2);
    skip_blanks(text);
    if (!first) {
        return false;
    }
    if (!time.year && take_word(text, "日")) {
        time.day = *first;
        return true;
    }
    const bool in_words = take_word(text, "月");
    if (!in_words && !take(text, '/') && !take(text, '-') && !take(text, '.')) {
        return false;
    }
    skip_blanks(text);
    const auto day = take_number(text, 2);
    skip_blanks(text);
    if (!day || (in_words && !take_word(text, "日"))) {
        return false;
    }
    time.month = *first;
    time.day = *day;
    return true;
}

std::optional<unsigned> take_weekday_letter(std::string_view& text) {
    for (unsigned each = 0; each < weekdays.size(); ++each) {
        if (take_word(text, weekdays[each])) {
            return each;
        }
    }
    return std::nullopt;
}

/// (火), (火曜日), (火・祝), 火曜日; nothing where none stands there.
std::optional<unsigned> take_weekday(std::string_view& text) {
    std::string_view rest = text;
    skip_blanks(rest);
    const bool in_brackets = take(rest, '(');
    skip_blanks(rest);
    const auto weekday = take_weekday_letter(rest);
    if (!weekday) {
        return std::nullopt;
    }
    const bool in_words = take_word(rest, "曜");
    if (in_words) {
        take_word(rest, "日");
    }
    if (in_brackets) {
        take_word(rest, "・");
        if (!take_word(rest, "祝")) {
            take_word(rest, "休");
        }
        skip_blanks(rest);
        if (!take(rest, ')')) {
            return std::nullopt;
        }
    } else if (!in_words) {
        return std::nullopt;
    }
    text = rest;
    return weekday;
}

/// 17:00, 17時, 午後5時30分, 正午; nothing where none stands there.
std::optional<minutes> take_time_of_day(std::string_view& text) {
    std::string_view rest = text;
    skip_blanks(rest);
    if (take_word(rest, "正午")) {
        text = rest;
        return std::chrono::hours(12);
    }
    const bool morning = take_word(rest, "午前");
    const bool afternoon = !morning && take_word(rest, "午後");
    skip_blanks(rest);
    const auto hour = take_number(rest, 2);
    std::optional<int> minute = 0;
    if (take(rest, ':')) {
        minute = take_digits(rest, 2);
    } else if (take_word(rest, "時")) {
        std::string_view further = rest;
        if (take_word(further, "半")) {
            minute = 30;
            rest = further;
        } else if (const auto number = take_number(further, 2);
                   number && take_word(further, "分")) {
            minute = number;
            rest = further;
        }
    } else {
        return std::nullopt;
    }
    // 午後12時 is noon to some and midnight to others.
    const int last_hour = morning || afternoon ? 11 : 24;
    if (!hour || !minute || *hour > last_hour || *minute > 59 || (*hour == 24 && *minute > 0)) {
        return std::nullopt;
    }
    text = rest;
    return std::chrono::hours(*hour + (afternoon ? 12 : 0)) + minutes(*minute);
}

bool begins_with_digit(std::string_view text) {
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

/// Whether an era stands at the front; of one by its letter, with its number, since labels hold letters too.
bool begins_with_era(std::string_view text) {
    for (const auto& era : eras) {
        std::string_view rest = text;
        if (take_word(rest, era.name)) {
            return era.name.size() > 1 || begins_with_digit(rest);
        }
    }
    return false;
}

/// Takes what stands before a day: a label such as 公開期間:.
void skip_label(std::string_view& text) {
    while (!text.empty() && !begins_with_digit(text) && !begins_with_era(text)) {
        text.remove_prefix(1);
    }
}

std::optional<PartialTime> take_time(std::string_view& text) {
    PartialTime time;
    time.year = take_year(text);
    if (!take_month_and_day(text, time)) {
        return std::nullopt;
    }
    time.weekday = take_weekday(text);
    time.time_of_day = take_time_of_day(text);
    skip_blanks(text);
    return time;
}

bool take_from(std::string_view& text) {
    for (const auto* word : {"~", "から", "より", "-"}) {
        if (take_word(text, word)) {
            while (take_word(text, "~") || take_word(text, "、") || take(text, ',') ||
                   take(text, ' ')) {
            }
            return true;
        }
    }
    return false;
}

bool take_until(std::string_view& text) { return take_word(text, "まで") || take_word(text, "迄"); }

bool holds_a_digit(std::string_view text) {
    return text.find_first_of("0123456789") != std::string_view::npos;
}

Date date_of(int year, int month, int day) {
    return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
            std::chrono::day(static_cast<unsigned>(day))};
}

/// The year in which a month lies that belongs to the fiscal year of `today`.
int year_in_fiscal_year_of(Date today, int month) {
    const int first = static_cast<int>(fiscal_year_of(today));
    return month < 4 ? first + 1 : first;
}

std::string in_words(Date day) {
    return std::to_string(static_cast<int>(day.year())) + "年" +
           std::to_string(static_cast<unsigned>(day.month())) + "月" +
           std::to_string(static_cast<unsigned>(day.day())) + "日";
}

/// The day in a year; refuses one that no calendar has, and another weekday than the day's.
Result<WrittenTime> settled(const PartialTime& time, int year) {
    const Date day = date_of(year, *time.month, time.day);
    if (!day.ok()) {
        return refuse(Refusal::invalid, std::to_string(year) + "年に" +
                                            std::to_string(*time.month) + "月" +
                                            std::to_string(time.day) + "日はありません。");
    }
    const unsigned right = weekday_of(day).c_encoding();
    if (time.weekday && *time.weekday != right) {
        std::string sentence = in_words(day) + "は" + std::string(weekdays[right]) +
                               "曜日です。" + std::string(weekdays[*time.weekday]) +
                               "曜日と書かれています。";
        if (!time.year) {
            sentence += "ほかの年のことでしたら、年も入力してください。";
        }
        return refuse(Refusal::invalid, std::move(sentence));
    }
    return WrittenTime{day, time.time_of_day};
}

/// The first of both refusals, or both, so that all that is wrong is told at once.
Error both(const Result<WrittenTime>& from, const Result<WrittenTime>& until) {
    if (from) {
        return until.error();
    }
    Error error = from.error();
    if (!until) {
        error.message += until.error().message;
    }
    return error;
}

Result<WrittenSpan> settled_span(const PartialTime& from, PartialTime until, Date today) {
    if (!from.month) {
        return unreadable(std::to_string(from.day) + "日");
    }
    if (!until.month) {
        until.month = from.month;
    }
    const bool wraps = std::pair(*until.month, until.day) < std::pair(*from.month, from.day);
    int from_year = from.year.value_or(year_in_fiscal_year_of(today, *from.month));
    if (!from.year && until.year) {
        from_year = *until.year - (wraps ? 1 : 0);
    }
    const int until_year = until.year.value_or(from_year + (wraps ? 1 : 0));
    const auto first = settled(from, from_year);
    const auto last = settled(until, until_year);
    if (!first || !last) {
        return both(first, last);
    }
    return WrittenSpan{*first, *last, {}};
}

Result<WrittenSpan> settled_end(const PartialTime& time, Date today, std::optional<WrittenTime> WrittenSpan::*place) {
    if (!time.month) {
        return unreadable(std::to_string(time.day) + "日");
    }
    const auto day = settled(time, time.year.value_or(year_in_fiscal_year_of(today, *time.month)));
    if (!day) {
        return day.error();
    }
    WrittenSpan span;
    span.*place = *day;
    return span;
}

} // namespace

Result<WrittenSpan> read_written_span(std::string_view text, Date today) {
    if (text.size() > longest_text) {
        return refuse(Refusal::invalid, "長すぎて読み取れません。期間のところだけを貼り付けてください。");
    }
    const std::string typed = typed_text(text);
    std::string_view rest = typed;
    const bool begins_with_mark = typed.starts_with('~');
    skip_label(rest);
    const auto first = take_time(rest);
    if (!first) {
        return unreadable(text);
    }
    if (take_until(rest) || (begins_with_mark && !holds_a_digit(rest))) {
        return holds_a_digit(rest) ? Result<WrittenSpan>(unreadable(text))
                                   : settled_end(*first, today, &WrittenSpan::until);
    }
    if (!take_from(rest)) {
        return holds_a_digit(rest) ? Result<WrittenSpan>(unreadable(text))
                                   : settled_end(*first, today, &WrittenSpan::day);
    }
    if (!holds_a_digit(rest)) {
        return settled_end(*first, today, &WrittenSpan::from);
    }
    skip_label(rest);
    const auto second = take_time(rest);
    if (!second || holds_a_digit(rest)) {
        return unreadable(text);
    }
    return settled_span(*first, *second, today);
}

} // namespace catalog::time
