#include "transcoder/plan/wishes.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace transcoder::plan {

namespace {

Rejection no_ladder(std::string japanese, std::string english) {
    return {Kind::internal, "解像度の一覧 (--ladder) が正しくありません。" + std::move(japanese),
            "This is no ladder (--ladder): " + std::move(english)};
}

std::optional<int> whole_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

Outcome<WantedRung> read_rung(std::string_view text) {
    const auto parts = split(text, '@');
    const auto lines = whole_number(parts.front());
    const auto frames = parts.size() == 2 ? whole_number(parts.back()) : std::optional(0);
    if (!lines || !frames || parts.size() > 2)
        return no_ladder("「" + std::string(text) + "」は「行数」または「行数@フレーム数」ではありません。",
                         "\"" + std::string(text) +
                             "\" is neither LINES nor LINES@FRAMES, such as 720 or 360@12.");
    if (*lines < WantedRung::fewest_lines || *lines > WantedRung::most_lines)
        return no_ladder("行数は 90 から 1080 までです。", "a rung has from 90 to 1080 lines.");
    if (parts.size() == 2 &&
        (*frames < WantedRung::fewest_frames || *frames > WantedRung::most_frames))
        return no_ladder("1秒のフレーム数は 5 から 60 までです。",
                         "a rung has from 5 to 60 frames a second.");
    return WantedRung{*lines, *frames};
}

} // namespace

Outcome<std::vector<WantedRung>> read_ladder(std::string_view text) {
    constexpr std::size_t most = 8;
    std::vector<WantedRung> ladder;
    for (const auto part : split(text, ',')) {
        const auto rung = read_rung(part);
        if (!rung)
            return rung.error();
        ladder.push_back(*rung);
    }
    if (ladder.size() < 2 || ladder.size() > most)
        return no_ladder("2段から8段までです。", "it has from 2 to 8 rungs.");
    std::ranges::sort(ladder, {}, &WantedRung::lines);
    if (std::ranges::adjacent_find(ladder, {}, &WantedRung::lines) != ladder.end())
        return no_ladder("同じ行数が2回あります。", "the same lines stand in it twice.");
    return ladder;
}

Outcome<std::chrono::seconds> read_segment(std::string_view text) {
    const auto seconds = whole_number(text);
    if (!seconds || *seconds < Grid::shortest_segment.count() ||
        *seconds > Grid::longest_segment.count())
        return Rejection{Kind::internal,
                         "セグメントの長さ (--segment) は 2 から 10 までの整数（秒）です。",
                         "A segment (--segment) lasts a whole number of seconds from 2 to 10."};
    return std::chrono::seconds(*seconds);
}

} // namespace transcoder::plan
