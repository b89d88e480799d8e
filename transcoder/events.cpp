#include "transcoder/events.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <ostream>

namespace transcoder {

using nlohmann::ordered_json;

namespace {

double seconds(std::chrono::microseconds time) { return std::chrono::duration<double>(time).count(); }

/// Three decimals say all that people and bars need.
double short_of(double value) { return std::round(value * 1000) / 1000; }

ordered_json event(const char* name) { return {{"event", name}}; }

} // namespace

void Events::say(const std::string& line) {
    const std::lock_guard lock(mutex_);
    out_ << line << '\n' << std::flush;
}

void Events::probed(const plan::Plan& plan) {
    auto text = event("probed");
    const auto& source = plan.source;
    text["duration_s"] = source.duration ? ordered_json(seconds(*source.duration)) : ordered_json();
    text["video"] = nullptr;
    if (const auto& picture = source.picture)
        text["video"] = {{"width", picture->shown.width},
                         {"height", picture->shown.height},
                         {"frame_rate", short_of(picture->rate.value())},
                         {"codec", picture->codec}};
    text["audio"] = nullptr;
    if (const auto& sound = source.sound)
        text["audio"] = {{"channels", sound->channels},
                         {"sample_rate", sound->sample_rate},
                         {"codec", sound->codec}};
    text["renditions"] = plan.names();
    const auto how = [](bool passes, const std::string& why_not) {
        return ordered_json{{"passes", passes}, {"why_not", why_not}};
    };
    text["passthrough"] = ordered_json::object();
    if (source.picture)
        text["passthrough"]["video"] =
            how(plan.picture_passes(), plan.why_picture_is_encoded());
    if (plan.sound)
        text["passthrough"]["audio"] = how(plan.sound_passes(), plan.why_sound_is_encoded());
    say(text.dump());
}

void Events::contained(const std::vector<sandbox::Standing>& layers) {
    auto text = event("contained");
    for (const auto& [layer, state, detail] : layers)
        text["layers"][std::string(to_text(layer))] = {{"state", to_text(state)},
                                                       {"detail", detail}};
    say(text.dump());
}

void Events::rendition(const std::string& name) {
    auto text = event("rendition");
    text["name"] = name;
    say(text.dump());
}

void Events::segment(const std::string& rendition, std::size_t number,
                     std::chrono::microseconds duration, std::uint64_t bytes) {
    auto text = event("segment");
    text["rendition"] = rendition;
    text["number"] = number;
    text["duration_s"] = seconds(duration);
    text["bytes"] = bytes;
    say(text.dump());
}

void Events::progress(const Progress& progress) {
    auto text = event("progress");
    text["fraction"] = short_of(progress.fraction);
    text["speed"] = short_of(progress.speed);
    text["remaining_s"] =
        progress.remaining ? ordered_json(progress.remaining->count()) : ordered_json();
    say(text.dump());
}

void Events::finished(const Finished& finished) {
    auto text = event("finished");
    text["duration_s"] = seconds(finished.duration);
    text["lost_s"] = short_of(seconds(finished.lost));
    text["renditions"] = finished.renditions;
    text["loudness"] = nullptr;
    if (const auto& loudness = finished.loudness) {
        text["loudness"] = {{"integrated_lufs", nullptr},
                            {"true_peak_dbtp", loudness->true_peak_dbtp},
                            {"gain_db", loudness->gain_db}};
        if (loudness->integrated_lufs)
            text["loudness"]["integrated_lufs"] = *loudness->integrated_lufs;
    }
    say(text.dump());
}

void Events::failed(const Rejection& rejection) {
    auto text = event("failed");
    text["kind"] = to_text(rejection.kind);
    text["message"] = rejection.message;
    text["message_en"] = rejection.message_en;
    say(text.dump());
}

void Events::live(const LiveTold& live) {
    auto text = event("live");
    text["target_duration_s"] = live.target_duration;
    text["part_target_s"] = seconds(live.part_target);
    text["renditions"] = live.renditions;
    say(text.dump());
}

void Events::part(const PartTold& part) {
    auto text = event("part");
    text["number"] = part.number;
    text["part"] = part.part;
    text["completes"] = part.segment == PartTold::Segment::is_whole;
    text["media_s"] = seconds(part.end);
    say(text.dump());
}

void Events::publisher(const live::PublisherTold& publisher) {
    auto text = event("publisher");
    text["width"] = publisher.width;
    text["height"] = publisher.height;
    text["frame_rate"] = short_of(publisher.frame_rate);
    text["bit_rate"] = publisher.bit_rate;
    text["late_s"] = short_of(seconds(publisher.late));
    text["key_frame_s"] = short_of(seconds(publisher.key_frame_gap));
    text["dropped_frames"] = publisher.dropped_frames;
    text["sound"] = publisher.sound == live::PublisherTold::Sound::comes;
    say(text.dump());
}

void Events::rung_dropped(const std::string& rendition, const std::string& why) {
    auto text = event("rung_dropped");
    text["rendition"] = rendition;
    text["why"] = why;
    say(text.dump());
}

void Events::interrupted(std::chrono::microseconds duration) {
    auto text = event("interrupted");
    text["media_s"] = seconds(duration);
    text["lost_s"] = 0;
    say(text.dump());
}

void Events::ended(std::chrono::microseconds duration) {
    auto text = event("ended");
    text["media_s"] = seconds(duration);
    say(text.dump());
}

void Events::page(int number, int of) {
    auto text = event("page");
    text["number"] = number;
    text["of"] = of;
    say(text.dump());
}

void Events::paged(int pages) {
    auto text = event("paged");
    text["pages"] = pages;
    say(text.dump());
}

} // namespace transcoder
