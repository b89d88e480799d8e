#include "catalog/caption_file/cue_times.h"

#include "catalog/caption_file/lines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace catalog::caption_file {

namespace {

using std::chrono::milliseconds;
using Kind = CueTimes::Kind;

constexpr std::string_view arrow = "-->";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// ASCII of what an input method makes full-width: digits, marks, spaces.
std::string half_width(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 8> marks{{{"：", ':'},
                                                                      {"，", ','},
                                                                      {"．", '.'},
                                                                      {"－", '-'},
                                                                      {"−", '-'},
                                                                      {"＞", '>'},
                                                                      {"　", ' '},
                                                                      {"；", ':'}}};
    std::string result;
    while (!text.empty()) {
        const auto mark = std::find_if(marks.begin(), marks.end(), [text](const auto& known) {
            return text.starts_with(known.first);
        });
        const bool is_wide_digit = text.size() >= 3 && text.starts_with("\xEF\xBC") &&
                                   text[2] >= '\x90' && text[2] <= '\x99';
        if (mark != marks.end()) {
            result += mark->second;
        } else if (is_wide_digit) {
            result += static_cast<char>('0' + (text[2] - '\x90'));
        } else {
            result += text.front();
        }
        text.remove_prefix(mark != marks.end() ? mark->first.size() : is_wide_digit ? 3 : 1);
    }
    return result;
}

void skip_spaces(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\v\f"), text.size()));
}

/// Takes digits from the front, at most `most` of them.
std::string_view take_number(std::string_view& text, std::size_t most) {
    skip_spaces(text);
    std::size_t length = 0;
    while (length < text.size() && length <= most && is_digit(text[length])) {
        ++length;
    }
    const auto number = text.substr(0, length > most ? 0 : length);
    text.remove_prefix(number.size());
    return number;
}

bool take_any(std::string_view& text, std::string_view marks) {
    std::string_view rest = text;
    skip_spaces(rest);
    if (rest.empty() || marks.find(rest.front()) == std::string_view::npos) {
        return false;
    }
    text = rest.substr(1);
    return true;
}

int value_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

struct Time {
    milliseconds at{};
    bool has_fraction = false;
    bool is_negative = false;
};

/// Takes ",450" or ".45" from the front. Nothing where a mark has no digits behind it.
std::optional<milliseconds> take_fraction(std::string_view& text) {
    constexpr std::size_t most = 9;
    std::string digits(take_number(text, most));
    if (digits.empty()) {
        return std::nullopt;
    }
    digits.resize(3, '0');
    return milliseconds(value_of(digits));
}

/// Takes "01:23:45,678", "23:45.678" or "100:00:00" from the front. Nothing, and `text` as it was,
/// where another stands there.
std::optional<Time> take_time(std::string_view& text) {
    std::string_view rest = text;
    Time time;
    time.is_negative = take_any(rest, "-");
    constexpr std::size_t most = 4;
    std::array<std::string_view, 3> parts;
    std::size_t count = 0;
    do {
        parts[count] = take_number(rest, most);
        if (parts[count++].empty()) {
            return std::nullopt;
        }
    } while (count < parts.size() && take_any(rest, ":"));
    if (count < 2) {
        return std::nullopt;
    }
    const int hours = count == 3 ? value_of(parts[0]) : 0;
    const int minutes = value_of(parts[count - 2]);
    const int seconds = value_of(parts[count - 1]);
    // Without hours minutes go on counting.
    if (hours > 999 || seconds > 59 || (count == 3 && minutes > 59) ||
        parts[count - 1].size() > 2) {
        return std::nullopt;
    }
    time.at =
        std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
    time.has_fraction = take_any(rest, ",.");
    if (time.has_fraction) {
        const auto fraction = take_fraction(rest);
        if (!fraction) {
            return std::nullopt;
        }
        time.at += *fraction;
    }
    text = rest;
    return time;
}

/// The time that is all of `text`, but for spaces.
std::optional<Time> whole_time(std::string_view text) {
    const auto time = take_time(text);
    return trimmed(text).empty() ? time : std::nullopt;
}

/// The time that `text` begins with, taken away; what comes behind it stands apart.
std::optional<Time> leading_time(std::string_view& text) {
    std::string_view rest = text;
    const auto time = take_time(rest);
    if (!time || (!rest.empty() && rest.find_first_of(" \t\v\f") != 0)) {
        return std::nullopt;
    }
    text = rest;
    return time;
}

/// Whether it is digits and what stands between those of a time, and nothing else.
bool looks_like_time(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit) &&
           text.find(':') != std::string_view::npos &&
           text.find_first_not_of("0123456789:.,;+- \t") == std::string_view::npos;
}

/// A line that begins with a time and has no arrow.
CueTimes without_arrow(std::string_view line) {
    CueTimes times;
    const auto time = leading_time(line);
    const std::string_view rest = trimmed(line);
    // "->", "–>": what was meant is plain, and what is between is no text.
    if (time && time->has_fraction && rest.find('>') < 6) {
        times.kind = Kind::broken;
    }
    return times;
}

} // namespace

CueTimes read_cue_times(std::string_view line) {
    // No line of times is as long; a text may be, and hold full-width letters that are its own.
    constexpr std::size_t longest_wide = 200;
    const bool is_wide = line.size() <= longest_wide && line.starts_with("\xEF\xBC");
    const std::string folded = is_wide ? half_width(line) : std::string();
    const std::string_view text = is_wide ? std::string_view(folded) : line;
    const std::size_t at = text.find(arrow);
    if (at == std::string_view::npos) {
        return without_arrow(text);
    }
    std::string_view behind = text.substr(at + arrow.size());
    const std::string_view before = trimmed(text.substr(0, at));
    const auto start = whole_time(before);
    const auto end = leading_time(behind);
    CueTimes times;
    times.is_certain = (start && start->has_fraction) || (end && end->has_fraction);
    if (start && end) {
        const bool is_negative = start->is_negative || end->is_negative;
        const bool is_whole = start->has_fraction && end->has_fraction;
        times.kind = is_negative ? Kind::negative : is_whole ? Kind::whole : Kind::coarse;
        times.start = start->at;
        times.end = end->at;
        times.rest = trimmed(behind);
    } else if (start || end || looks_like_time(before)) {
        times.kind = Kind::broken;
    } else {
        times.kind = Kind::arrow;
    }
    return times;
}

bool is_settings(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = std::min(text.find_first_of(" \t"), text.size());
        const std::string_view word = text.substr(0, length);
        const std::size_t colon = word.find(':');
        const bool is_name =
            colon != std::string_view::npos && colon > 0 && colon + 1 < word.size() &&
            std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(colon),
                        [](char c) {
                            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
                        });
        if (!is_name) {
            return false;
        }
        text = trimmed(text.substr(length));
    }
    return true;
}

} // namespace catalog::caption_file
