#include "server/api/found_inside.h"

#include "catalog/caption_file.h"
#include "server/http/open_file.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace server::api {
namespace {

namespace fs = std::filesystem;
using catalog::Chapter;
using catalog::Refusal;
using catalog::Result;
using catalog::Span;
using nlohmann::json;
using std::chrono::milliseconds;
using Waveform = FoundInside::Waveform;

/// A week's waveform has 15 MB.
constexpr std::uint64_t largest_file = 32 << 20;
constexpr std::size_t most_chapters = 1000;
constexpr std::size_t most_silences = 10'000;

catalog::Error broken(const char* why) { return refuse(Refusal::invalid, why); }

double seconds(milliseconds time) { return std::chrono::duration<double>(time).count(); }

/// Nothing where it is no time of a recording.
std::optional<milliseconds> time_of(const json& item, const char* name) {
    constexpr double longest = 1'000'000;
    const auto found = item.find(name);
    if (found == item.end() || !found->is_number())
        return std::nullopt;
    const auto value = found->get<double>();
    return value >= 0 && value <= longest
               ? std::optional(milliseconds(std::llround(value * 1000)))
               : std::nullopt;
}

Result<std::vector<Chapter>> read_chapters(const std::string& text) {
    const auto cues = catalog::read_caption_file(text);
    if (!cues)
        return cues.error();
    std::vector<Chapter> chapters;
    for (const auto& cue : cues->cues) {
        if (chapters.size() == most_chapters)
            return broken("it has too many chapters");
        std::string title = cue.text;
        std::ranges::replace(title, '\n', ' ');
        chapters.push_back({cue.start, std::move(title)});
    }
    return chapters;
}

Result<std::vector<Span>> read_silences(const std::string& text) {
    const auto report = json::parse(text, nullptr, false);
    const auto found = report.is_object() ? report.find("silences") : report.end();
    if (!report.is_object())
        return broken("it is no report");
    std::vector<Span> silences;
    if (found == report.end()) // there is no sound
        return silences;
    if (!found->is_array() || found->size() > most_silences)
        return broken("its silences are none");
    for (const auto& item : *found) {
        const auto begin = item.is_object() ? time_of(item, "begin_s") : std::nullopt;
        const auto end = item.is_object() ? time_of(item, "end_s") : std::nullopt;
        if (!begin || !end || *begin > *end)
            return broken("one of its silences is none");
        silences.push_back({*begin, *end});
    }
    return silences;
}

Result<Waveform> read_waveform(const std::string& text) {
    const auto drawn = json::parse(text, nullptr, false);
    if (!drawn.is_object() || !drawn.contains("peaks") || !drawn["peaks"].is_array())
        return broken("it is no waveform");
    const auto interval = time_of(drawn, "interval_s");
    if (!interval || *interval <= milliseconds(0))
        return broken("its interval is none");
    Waveform waveform{*interval, {}};
    for (const auto& peak : drawn["peaks"]) {
        constexpr int full = 100;
        if (!peak.is_number_unsigned() || peak.get<std::uint64_t>() > full)
            return broken("one of its peaks is none");
        waveform.peaks.push_back(peak.get<int>());
    }
    return waveform;
}

/// What `read` makes of a file; its empty value where there is none, or a broken one.
template <class Value>
Value value_in(const fs::path& folder, const std::string& name,
               Result<Value> (*read)(const std::string&)) {
    const auto opened = http::OpenFile::find_folder(folder);
    const auto file = opened ? http::OpenFile::find_in(*opened, name) : nullptr;
    if (!file)
        return {};
    const auto text = file->text(largest_file);
    auto value = text ? read(*text) : broken("it is too large");
    if (value)
        return std::move(*value);
    spdlog::error("{} is left out: {}", (folder / name).string(), value.error().message);
    return {};
}

} // namespace

FoundInside read_found_inside(const fs::path& recording) {
    return {.chapters = value_in(recording, "chapters.vtt", &read_chapters),
            .silences = value_in(recording, "report.json", &read_silences),
            .waveform = value_in(recording, "waveform.json", &read_waveform)};
}

FoundInside without(FoundInside whole, std::span<const catalog::WithdrawnSpan> withdrawn) {
    for (const auto& each : withdrawn) {
        const auto& span = each.span;
        std::erase_if(whole.chapters, [&span](const catalog::Chapter& chapter) {
            return chapter.at >= span.begin && chapter.at < span.end;
        });
        auto begin = milliseconds(0);
        for (auto& peak : whole.waveform.peaks) {
            if (catalog::meets(begin, begin + whole.waveform.interval, span))
                peak = 0;
            begin += whole.waveform.interval;
        }
    }
    return whole;
}

FoundInside cut_to(const FoundInside& whole, const catalog::Clip& clip) {
    FoundInside part;
    for (const auto& chapter : whole.chapters)
        if (const auto shown = clip.shown(chapter.at))
            part.chapters.push_back({*shown, chapter.title});
    const auto& [interval, peaks] = whole.waveform;
    part.waveform.interval = interval;
    for (const auto& piece : clip.pieces()) {
        for (const auto& silence : whole.silences) {
            const auto begin = std::max(silence.begin, piece.begin);
            const auto end = std::min(silence.end, piece.end);
            if (begin < end)
                part.silences.push_back({clip.nearest(begin), clip.nearest(begin) + (end - begin)});
        }
        if (peaks.empty())
            continue;
        const auto count = static_cast<std::ptrdiff_t>(peaks.size());
        const auto first = std::min<std::ptrdiff_t>(piece.begin / interval, count);
        const auto last = piece.end >= interval * count ? count : (piece.end + interval - milliseconds(1)) / interval;
        part.waveform.peaks.insert(part.waveform.peaks.end(), peaks.begin() + first,
                                   peaks.begin() + std::max<std::ptrdiff_t>(first, last));
    }
    return part;
}

Waveform drawn_in(const Waveform& waveform, std::size_t columns) {
    const auto each = (waveform.peaks.size() + columns - 1) / columns;
    if (each <= 1)
        return waveform;
    Waveform drawn{waveform.interval * static_cast<milliseconds::rep>(each), {}};
    for (std::size_t at = 0; at < waveform.peaks.size(); at += each) {
        const auto begin = waveform.peaks.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = std::min(each, waveform.peaks.size() - at);
        drawn.peaks.push_back(*std::max_element(begin, begin + static_cast<std::ptrdiff_t>(count)));
    }
    return drawn;
}

json found_json(const FoundInside& found) {
    auto chapters = json::array();
    for (const auto& chapter : found.chapters)
        chapters.push_back({{"at_s", seconds(chapter.at)}, {"title", chapter.title}});
    auto silences = json::array();
    for (const auto& [begin, end] : found.silences)
        silences.push_back({{"begin_s", seconds(begin)}, {"end_s", seconds(end)}});
    const auto& [interval, peaks] = found.waveform;
    return {{"chapters", std::move(chapters)},
            {"silences", std::move(silences)},
            {"waveform", peaks.empty() ? json()
                                       : json{{"interval_s", seconds(interval)}, {"peaks", peaks}}}};
}

} // namespace server::api
