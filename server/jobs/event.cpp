#include "server/jobs/event.h"

#include "catalog/media/media_folder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace server::jobs {
namespace {

using nlohmann::json;

/// An event that breaks the contract.
struct BadEvent {
    std::string what;
};

constexpr double longest_recording_s = 7.0 * 24 * 3600;
constexpr std::size_t most_renditions = 32;
constexpr std::size_t longest_sentence = 1000;
constexpr std::array failure_kinds{"empty",       "not_a_recording", "playlist",
                                   "truncated",   "unsupported",     "damaged",
                                   "too_large",   "no_space",        "internal"};

const json& field(const json& event, const char* name) {
    const auto found = event.find(name);
    if (found == event.end())
        throw BadEvent{std::string("no ") + name};
    return *found;
}

double number(const json& event, const char* name, double most) {
    const auto& value = field(event, name);
    const double number = value.is_number() ? value.get<double>() : -1;
    if (!std::isfinite(number) || number < 0 || number > most)
        throw BadEvent{std::string(name) + " is out of range"};
    return number;
}

std::chrono::milliseconds seconds(const json& event, const char* name) {
    return std::chrono::milliseconds(
        std::llround(number(event, name, longest_recording_s) * 1000));
}

std::string rendition_name(const json& value) {
    if (!value.is_string() || !catalog::media::is_rendition_name(value.get<std::string>()))
        throw BadEvent{"no name of a rendition"};
    return value;
}

std::string sentence(const json& event, const char* name) {
    const auto& value = field(event, name);
    auto text = value.is_string() ? value.get<std::string>() : std::string();
    constexpr auto is_control = [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; };
    if (text.empty() || text.size() > longest_sentence || std::ranges::any_of(text, is_control))
        throw BadEvent{std::string(name) + " is no sentence"};
    return text;
}

std::vector<std::string> rendition_names(const json& event) {
    const auto& names = field(event, "renditions");
    if (!names.is_array() || names.size() > most_renditions)
        throw BadEvent{"renditions is no list, or too long"};
    std::vector<std::string> read;
    for (const auto& name : names)
        read.push_back(rendition_name(name));
    return read;
}

bool truth(const json& event, const char* name) {
    const auto& value = field(event, name);
    if (!value.is_boolean())
        throw BadEvent{std::string(name) + " is neither true nor false"};
    return value;
}

PublisherSeen read_publisher(const json& event) {
    constexpr double most_pixels = 16384;
    PublisherSeen seen;
    seen.width = static_cast<int>(number(event, "width", most_pixels));
    seen.height = static_cast<int>(number(event, "height", most_pixels));
    seen.frame_rate = number(event, "frame_rate", 1000);
    seen.bit_rate = number(event, "bit_rate", 1e10);
    seen.late_s = number(event, "late_s", longest_recording_s);
    seen.key_frame_s = number(event, "key_frame_s", longest_recording_s);
    seen.dropped_frames = static_cast<std::uint64_t>(number(event, "dropped_frames", 1e12));
    seen.has_sound = truth(event, "sound");
    return seen;
}

Progress read_progress(const json& event) {
    Progress progress{number(event, "fraction", 1), number(event, "speed", 1e6), std::nullopt};
    if (!field(event, "remaining_s").is_null())
        progress.remaining_s = number(event, "remaining_s", 1e9);
    return progress;
}

Failed read_failed(const json& event) {
    Failed failed{sentence(event, "kind"), sentence(event, "message")};
    if (std::ranges::find(failure_kinds, failed.kind) == failure_kinds.end())
        throw BadEvent{"kind is none that is known"};
    return failed;
}

/// Those of a live stream and of handouts; nothing for another's.
std::optional<Event> other_event_from(const json& event, const json& name) {
    if (name == "live")
        return LiveBegun{rendition_names(event)};
    if (name == "part")
        return BeatLanded{seconds(event, "media_s")};
    if (name == "publisher")
        return read_publisher(event);
    if (name == "rung_dropped")
        return RungDropped{rendition_name(field(event, "rendition"))};
    if (name == "interrupted")
        return Interrupted{seconds(event, "media_s")};
    if (name == "ended")
        return LiveEnded{seconds(event, "media_s")};
    if (name == "page")
        return PageLanded{};
    if (name == "paged")
        return Paged{};
    return std::nullopt;
}

std::optional<Event> event_from(const json& event) {
    const auto& name = field(event, "event");
    if (name == "probed")
        return Probed{rendition_names(event)};
    if (name == "rendition")
        return RenditionBegun{rendition_name(field(event, "name"))};
    if (name == "segment")
        return SegmentLanded{rendition_name(field(event, "rendition"))};
    if (name == "progress")
        return read_progress(event);
    if (name == "finished")
        return Finished{seconds(event, "duration_s"), seconds(event, "lost_s")};
    if (name == "failed")
        return read_failed(event);
    return other_event_from(event, name);
}

} // namespace

Failed::Again Failed::again() const {
    return kind == "internal" || kind == "no_space" ? Again::may_pass : Again::will_not;
}

catalog::Result<std::optional<Event>> read_event(std::string_view line) {
    constexpr bool without_exceptions = false;
    const auto event = json::parse(line, nullptr, without_exceptions);
    if (!event.is_object())
        return refuse(catalog::Refusal::invalid, "no JSON object");
    try {
        return event_from(event);
    } catch (const BadEvent& bad) {
        return refuse(catalog::Refusal::invalid, bad.what);
    }
}

} // namespace server::jobs
