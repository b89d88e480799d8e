#include "server/play/stills_index.h"

#include "catalog/media/line_reader.h"
#include "catalog/time/digits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace server::play {

namespace {

using catalog::Result;
using catalog::media::LineReader;
using catalog::media::parse_number;
using catalog::time::padded;
using catalog::time::take;
using catalog::time::take_digits;
using std::chrono::milliseconds;

constexpr std::string_view arrow = " --> ";
constexpr std::string_view place_mark = "#xywh=";
constexpr long milliseconds_an_hour = 3'600'000;
constexpr long milliseconds_a_minute = 60'000;
constexpr long milliseconds_a_second = 1000;

catalog::Error invalid(const char* why) { return refuse(catalog::Refusal::invalid, why); }

/// The digits between `front` and `back`; nothing where others, or none, stand there.
std::optional<std::string_view> digits_between(std::string_view front, std::string_view name,
                                               std::string_view back) {
    if (!name.starts_with(front) || !name.ends_with(back) ||
        name.size() <= front.size() + back.size()) {
        return std::nullopt;
    }
    const auto digits = name.substr(front.size(), name.size() - front.size() - back.size());
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return std::ranges::all_of(digits, is_digit) ? std::optional(digits) : std::nullopt;
}

/// "00:01:05.000", from the front of `text`.
std::optional<milliseconds> take_clock(std::string_view& text) {
    const auto hours = take_digits(text, 2);
    const bool first = take(text, ':');
    const auto minutes = take_digits(text, 2);
    const bool second = take(text, ':');
    const auto seconds = take_digits(text, 2);
    const bool point = take(text, '.');
    const auto rest = take_digits(text, 3);
    if (!hours || !first || !minutes || !second || !seconds || !point || !rest) {
        return std::nullopt;
    }
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds) + milliseconds(*rest);
}

std::string clock_text(milliseconds time) {
    const long total = time.count();
    return padded(total / milliseconds_an_hour, 2) + ':' +
           padded(total / milliseconds_a_minute % 60, 2) + ':' +
           padded(total / milliseconds_a_second % 60, 2) + '.' +
           padded(total % milliseconds_a_second, 3);
}

/// "160,90,160,90"
std::optional<Thumbnail::Place> parse_place(std::string_view text) {
    std::array<int, 4> numbers{};
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const auto comma = std::min(text.find(','), text.size());
        const auto number = parse_number<int>(text.substr(0, comma));
        const bool is_last = at + 1 == numbers.size();
        if (!number || *number < 0 || (comma == text.size()) != is_last) {
            return std::nullopt;
        }
        numbers[at] = *number;
        text.remove_prefix(is_last ? comma : comma + 1);
    }
    return Thumbnail::Place{numbers[0], numbers[1], numbers[2], numbers[3]};
}

/// The next cue, the empty line before it included; nothing where none follows.
std::optional<Thumbnail> read_thumbnail(LineReader& lines) {
    const auto empty = lines.next();
    auto times = lines.next().value_or("");
    const auto address = lines.next().value_or("");
    const auto begin = take_clock(times);
    const bool points = times.starts_with(arrow);
    times.remove_prefix(points ? arrow.size() : 0);
    const auto end = take_clock(times);
    const auto mark = address.find(place_mark);
    if (empty != "" || !begin || !points || !end || !times.empty() || *begin > *end ||
        mark == std::string_view::npos) {
        return std::nullopt;
    }
    const auto file = address.substr(0, mark);
    const auto place = parse_place(address.substr(mark + place_mark.size()));
    if (!is_thumbnails_name(file) || !place) {
        return std::nullopt;
    }
    return Thumbnail{*begin, *end, std::string(file), *place};
}

/// Nothing where it is no time of a recording.
std::optional<milliseconds> time_in(const nlohmann::json& item, const char* name) {
    constexpr double longest = 1'000'000; // seconds
    const auto found = item.find(name);
    if (found == item.end() || !found->is_number()) {
        return std::nullopt;
    }
    const double seconds = found->get<double>();
    if (!(seconds >= 0 && seconds <= longest)) {
        return std::nullopt;
    }
    return milliseconds(std::llround(seconds * milliseconds_a_second));
}

std::optional<Slide> read_slide(const nlohmann::json& item) {
    if (!item.is_object()) {
        return std::nullopt;
    }
    const auto begin = time_in(item, "at_s");
    const auto end = time_in(item, "until_s");
    const auto file = item.find("file");
    if (!begin || !end || *begin > *end || file == item.end() || !file->is_string() ||
        !is_slide_name(file->get_ref<const std::string&>())) {
        return std::nullopt;
    }
    return Slide{*begin, *end, file->get<std::string>()};
}

double in_seconds(milliseconds time) { return std::chrono::duration<double>(time).count(); }

} // namespace

bool is_thumbnails_name(std::string_view name) {
    const auto digits = digits_between("thumbnails-", name, ".jpg");
    return digits && (digits->size() == 1 || digits->front() != '0');
}

bool is_slide_name(std::string_view name) {
    constexpr std::size_t fewest = 4;
    const auto digits = digits_between("slide-", name, ".webp");
    return digits && digits->size() >= fewest;
}

Result<std::vector<Thumbnail>> parse_thumbnails(std::string_view text) {
    LineReader lines(text);
    if (lines.next() != "WEBVTT") {
        return invalid("this is no list of thumbnails");
    }
    std::vector<Thumbnail> thumbnails;
    while (!lines.rest().empty()) {
        auto thumbnail = read_thumbnail(lines);
        if (!thumbnail) {
            return invalid("a line of it is none of a list of thumbnails");
        }
        thumbnails.push_back(std::move(*thumbnail));
    }
    return thumbnails;
}

std::string to_text(const std::vector<Thumbnail>& thumbnails) {
    std::string text = "WEBVTT\n";
    for (const auto& [begin, end, file, place] : thumbnails) {
        text += '\n' + clock_text(begin) + std::string(arrow) + clock_text(end) + '\n' + file +
                std::string(place_mark) + std::to_string(place.x) + ',' + std::to_string(place.y) +
                ',' + std::to_string(place.width) + ',' + std::to_string(place.height) + '\n';
    }
    return text;
}

Result<std::vector<Slide>> parse_slides(std::string_view text) {
    const auto list = nlohmann::json::parse(text, nullptr, false);
    if (!list.is_array()) {
        return invalid("this is no list of slides");
    }
    std::vector<Slide> slides;
    for (const auto& item : list) {
        auto slide = read_slide(item);
        if (!slide) {
            return invalid("an item of it is no slide");
        }
        slides.push_back(std::move(*slide));
    }
    return slides;
}

std::string to_text(const std::vector<Slide>& slides) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& [begin, end, file] : slides) {
        list.push_back({{"at_s", in_seconds(begin)}, {"until_s", in_seconds(end)}, {"file", file}});
    }
    return list.dump(1) + '\n';
}

} // namespace server::play
