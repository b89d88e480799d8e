#include "transcoder/report.h"

#include "transcoder/av/resampler.h"
#include "transcoder/folder/text_file.h"
#include "transcoder/sound/waveform.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace transcoder {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::microseconds;

double seconds(microseconds time) { return std::chrono::duration<double>(time).count(); }

double short_of(double value) { return std::round(value * 1000) / 1000; }

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

bool is_variable(const plan::PictureFacts& picture) {
    return std::abs(picture.average_rate.value() / picture.rate.value() - 1) > 0.01;
}

Json of(const plan::PictureFacts& picture) {
    return {{"codec", picture.codec},
            {"width", picture.stored.width},
            {"height", picture.stored.height},
            {"shown_width", picture.shown.width},
            {"shown_height", picture.shown.height},
            {"rotation_degrees", picture.quarter_turns * 90},
            {"pixel_format", picture.pixels},
            {"frames_per_s", short_of(picture.rate.value())},
            {"average_frames_per_s", short_of(picture.average_rate.value())},
            {"variable_frame_rate", is_variable(picture)},
            {"interlaced", picture.fields == plan::PictureFacts::Fields::interlaced},
            {"hdr", picture.light == plan::PictureFacts::Light::high}};
}

Json of(const plan::SoundFacts& sound) {
    return {{"codec", sound.codec},
            {"channels", sound.channels},
            {"sample_rate_hz", sound.sample_rate},
            {"language", sound.language.empty() ? Json() : Json(sound.language)}};
}

Json source_of(const av::SourceFile& file, const plan::SourceFacts& source) {
    return {{"container", source.container},
            {"bytes", file.size()},
            {"promised_duration_s",
             source.duration ? Json(seconds(*source.duration)) : Json()},
            {"read", source.access == plan::SourceFacts::Access::anywhere ? "anywhere" : "in_order"},
            {"video", source.picture ? of(*source.picture) : Json()},
            {"audio", source.sound ? of(*source.sound) : Json()},
            {"title_place_device_author", "stripped"}};
}

/// What had to be done to picture and sound before they were encoded.
Json conformed(const plan::Plan& plan) {
    auto done = Json::array();
    if (const auto& picture = plan.source.picture) {
        if (picture->mirrored)
            done.push_back({{"did", "mirrored"}});
        if (picture->quarter_turns != 0)
            done.push_back({{"did", "rotated"}, {"degrees", picture->quarter_turns * 90}});
        if (picture->fields == plan::PictureFacts::Fields::interlaced)
            done.push_back({{"did", "deinterlaced"}});
        if (picture->light == plan::PictureFacts::Light::high)
            done.push_back({{"did", "tone_mapped"}});
        if (!picture->pixels.empty() && picture->pixels != "yuv420p")
            done.push_back({{"did", "pixel_format_changed"}, {"from", picture->pixels}});
        if (is_variable(*picture) || picture->rate != plan.grid.rate())
            done.push_back({{"did", "frame_rate_made_constant"},
                            {"frames_per_s", short_of(plan.grid.rate().value())}});
    }
    if (const auto& sound = plan.source.sound; sound && !plan.sound_passes()) {
        if (sound->channels != 2)
            done.push_back({{"did", "mixed_to_stereo"}, {"channels", sound->channels}});
        if (sound->sample_rate != av::sound_rate)
            done.push_back({{"did", "resampled"}, {"sample_rate_hz", av::sound_rate}});
    }
    return done;
}

Json rendition_of(const plan::Plan& plan, const plan::Rung& rung) {
    const bool passes = rung.made == plan::Rung::Made::passed;
    Json text{{"name", rung.name},
              {"made", passes ? "passed" : "encoded"},
              {"codec", "h264"},
              {"width", rung.width},
              {"height", rung.height},
              {"most_frames_per_s", short_of(plan.shown_rate(rung).value())}};
    if (!passes) {
        text["most_bits_per_s"] = rung.max_rate;
        text["crf"] = rung.quality;
    }
    return text;
}

Json sound_rendition_of(const plan::Plan& plan) {
    const bool passes = plan.sound_passes();
    const auto& source = *plan.source.sound;
    Json text{{"name", plan.sound->name},
              {"made", passes ? "passed" : "encoded"},
              {"codec", "aac"},
              {"channels", passes ? source.channels : 2},
              {"sample_rate_hz", passes ? source.sample_rate : av::sound_rate},
              {"language", plan.sound->language}};
    if (!passes)
        text["bits_per_s"] = plan.sound->bit_rate;
    return text;
}

Json renditions_of(const plan::Plan& plan) {
    auto list = Json::array();
    for (const auto& rung : plan.rungs)
        list.push_back(rendition_of(plan, rung));
    if (plan.sound)
        list.push_back(sound_rendition_of(plan));
    return list;
}

Json passthrough_of(const plan::Plan& plan) {
    const auto of = [](bool passes, const std::string& why_not) {
        return Json{{"passes", passes}, {"why_not", passes ? Json() : Json(why_not)}};
    };
    auto text = Json::object();
    if (plan.source.picture)
        text["video"] = of(plan.picture_passes(), plan.why_picture_is_encoded());
    if (plan.sound)
        text["audio"] = of(plan.sound_passes(), plan.why_sound_is_encoded());
    return text;
}

Json of(const sound::Side& side) {
    return {{"level_dbfs", side.level_dbfs}, {"active_share", side.active_share}};
}

Json loudness_of(const sound::Heard& heard, const sound::Treatment& treatment) {
    return {{"integrated_lufs", or_null(heard.integrated_lufs)},
            {"range_lu", heard.range_lu},
            {"true_peak_dbtp", heard.true_peak_dbtp},
            {"target_lufs", sound::target_lufs},
            {"gain_db", treatment.gain_db()},
            {"gain_reason", sound::reason(heard, treatment)},
            {"peaks_held", treatment.peaks == sound::Treatment::Peaks::held},
            {"mended", sound::to_text(treatment.mending)},
            {"out_of_phase", sound::is_out_of_phase(heard)},
            {"correlation", heard.correlation},
            {"left", of(heard.left)},
            {"right", of(heard.right)}};
}

Json silences_of(const sound::Heard& heard) {
    auto list = Json::array();
    for (const auto& silence : heard.silences)
        list.push_back({{"begin_s", seconds(silence.begin)}, {"end_s", seconds(silence.end)}});
    return list;
}

/// What was left out of a track, by why.
Json left_out_of(const timed_text::CaptionsTold& captions) {
    auto left_out = Json::object();
    for (const auto& [why, count] :
         {std::pair{"unreadable", captions.unreadable}, {"not_utf8", captions.not_utf8},
          {"outside", captions.outside}})
        if (count > 0)
            left_out[why] = count;
    return left_out;
}

Json captions_of(const timed_text::Told& told) {
    auto list = Json::array();
    for (const auto& captions : told.captions)
        list.push_back({{"stream", captions.stream},
                        {"codec", captions.codec},
                        {"language", captions.language},
                        {"file", captions.file.empty() ? Json() : Json(captions.file)},
                        {"why_not", captions.why_not.empty() ? Json() : Json(captions.why_not)},
                        {"cues", captions.cues},
                        {"left_out", left_out_of(captions)}});
    return list;
}

Json chapters_of(const timed_text::ChaptersTold& chapters) {
    return {{"found", chapters.found},
            {"file", chapters.written > 0 ? Json("chapters.vtt") : Json()},
            {"why_not", chapters.why_not.empty() ? Json() : Json(chapters.why_not)},
            {"chapters", chapters.written}};
}

/// What the source brings besides picture and sound.
void add_text(Json& text, const timed_text::Told& told) {
    text["captions"] = captions_of(told);
    text["chapters"] = chapters_of(told.chapters);
    if (!told.why_not.empty())
        text["captions_and_chapters_why_not"] = told.why_not;
}

Json waveform_of(const plan::Plan& plan, const Finished& finished) {
    if (!plan.sound)
        return {};
    using sound::Waveform;
    return {{"file", waveform_name},
            {"interval_s", std::chrono::duration<double>(Waveform::interval).count()},
            {"peaks", Waveform::count(finished.duration)}};
}

Json speed_of(const Finished& finished, const Effort& effort) {
    const double wall = effort.wall.count();
    return {{"wall_s", short_of(wall)},
            {"media_s_per_s", wall > 0 ? short_of(seconds(finished.duration) / wall) : 0},
            {"threads", effort.threads},
            {"went_on", effort.from == Effort::From::where_another_stopped}};
}

Json known_of(const av::SourceFile& file, const plan::Plan& plan) {
    return {{"source", source_of(file, plan.source)},
            {"conformed", conformed(plan)},
            {"passthrough", passthrough_of(plan)},
            // Where packets pass each segment has a length of its own.
            {"segment_s", plan.grid.is_listed()
                              ? Json()
                              : Json(seconds(plan.grid.at(plan.grid.segment_begin(1))))},
            {"target_duration_s", plan.grid.target_duration()},
            {"renditions", renditions_of(plan)}};
}

void add_heard(Json& text, const plan::Plan& plan, const std::optional<sound::Heard>& heard) {
    text["loudness"] = nullptr;
    text["silences"] = Json::array();
    if (heard && plan.sound) {
        text["loudness"] = loudness_of(*heard, plan.sound->treatment);
        text["silences"] = silences_of(*heard);
    }
}

/// Names come from the source, and may be in no encoding at all.
std::string text_of(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

std::string report(const av::SourceFile& file, const plan::Plan& plan,
                   const std::optional<sound::Heard>& heard, const Finished& finished,
                   const Effort& effort) {
    auto text = known_of(file, plan);
    text["duration_s"] = seconds(finished.duration);
    text["lost_s"] = short_of(seconds(finished.lost));
    add_heard(text, plan, heard);
    text["waveform"] = waveform_of(plan, finished);
    add_text(text, finished.text);
    text["speed"] = speed_of(finished, effort);
    return text_of(text);
}

std::string outlook(const av::SourceFile& file, const plan::Plan& plan,
                    const std::optional<sound::Heard>& heard) {
    auto text = known_of(file, plan);
    if (heard)
        add_heard(text, plan, heard);
    return text_of(text);
}

std::optional<Finished::Loudness> reported_loudness(const std::filesystem::path& folder) {
    constexpr bool with_exceptions = false;
    const auto text = folder::read_text(folder / report_name);
    const auto report = Json::parse(text.value_or(""), nullptr, with_exceptions);
    if (!report.is_object() || !report.contains("loudness") || !report["loudness"].is_object())
        return std::nullopt;
    const auto& told = report["loudness"];
    const auto number = [&told](const char* name) -> std::optional<double> {
        const auto found = told.find(name);
        if (found == told.end() || !found->is_number())
            return std::nullopt;
        return found->get<double>();
    };
    return Finished::Loudness{number("integrated_lufs"),
                              number("true_peak_dbtp").value_or(sound::nothing_dbfs),
                              number("gain_db").value_or(0)};
}

} // namespace transcoder
