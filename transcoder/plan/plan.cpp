#include "transcoder/plan/plan.h"

#include "transcoder/plan/cadence.h"
#include "transcoder/plan/chunks.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace transcoder::plan {

std::vector<std::string> Plan::names() const {
    std::vector<std::string> names;
    for (const auto& rung : rungs)
        names.push_back(rung.name);
    if (sound)
        names.push_back(sound->name);
    return names;
}

std::optional<std::int64_t> Plan::promised_frames() const {
    if (const auto end = grid.end())
        return end;
    if (!source.duration)
        return std::nullopt;
    return grid.nearest(*source.duration);
}

bool Plan::picture_passes() const {
    return !rungs.empty() && rungs.back().made == Rung::Made::passed;
}

FrameRate Plan::shown_rate(const Rung& rung) const {
    if (rung.made == Rung::Made::encoded)
        return Cadence(grid, rung.divisor).rate();
    return {source.passing.picture->timescale, source.passing.picture->shortest};
}

bool Plan::sound_passes() const { return sound && sound->made == SoundRung::Made::passed; }

std::string Plan::why_picture_is_encoded() const {
    if (picture_passes())
        return "";
    return source.passing.picture ? "other_segments_or_ladder_wanted"
                                  : source.passing.why_no_picture;
}

std::string Plan::why_sound_is_encoded() const {
    if (sound_passes())
        return "";
    if (!source.passing.sound)
        return source.passing.why_no_sound;
    return picture_passes() ? "loudness" : "picture";
}

bool Plan::sound_goes_first() const { return picture_passes() && sound && !sound_passes(); }

namespace {

bool leaves_room_to_pass(const Wishes& wishes, const SourceFacts& source,
                         const std::vector<Rung>& rungs) {
    const auto& top = rungs.back();
    const auto& size = source.picture->shown;
    const bool is_its_own = top.divisor == 1 && top.width == size.width && top.height == size.height;
    return wishes.segment == Grid::usual_segment && (wishes.ladder.empty() || is_its_own);
}

void divide(Grid& grid, std::chrono::microseconds duration,
            std::span<const std::chrono::milliseconds> keys) {
    const auto segments = duration / grid.at(grid.segment_begin(1));
    // What is promised may be wrong by far; behind the chunks that are chosen others follow.
    constexpr decltype(segments) most = 24 * 3600 / 2;
    if (segments > 0)
        grid.divide(choose_chunks(grid, static_cast<int>(std::min(segments, most)), keys));
}

} // namespace

Plan make_plan(const SourceFacts& source, const Wishes& wishes) {
    std::optional<SoundRung> sound;
    if (source.sound) {
        sound.emplace();
        sound->language = source.sound->language.empty() ? wishes.language : source.sound->language;
    }
    if (!source.picture)
        return {source, Grid::of_sound(wishes.segment), {}, sound};
    const auto rate = conformed_rate(source.picture->rate);
    const auto size = source.picture->shown;
    auto rungs = wishes.ladder.empty() ? ladder(size, rate)
                                       : wanted_ladder(size, rate, wishes.ladder);
    const auto& passed = source.passing.picture;
    if (passed && leaves_room_to_pass(wishes, source, rungs)) {
        rungs.back().made = Rung::Made::passed;
        auto grid = Grid::cut_at(rate, common_step(rungs), passed->timescale, passed->cuts);
        grid.divide(choose_chunks(grid, static_cast<int>(passed->cuts.size()) - 1, {}));
        return {source, grid, std::move(rungs), sound};
    }
    Grid grid(rate, common_step(rungs), wishes.segment);
    if (source.access == SourceFacts::Access::anywhere && source.duration)
        divide(grid, *source.duration, source.keys);
    return {source, grid, std::move(rungs), sound};
}

void treat(Plan& plan, const sound::Heard& heard) {
    if (!plan.sound)
        return;
    plan.sound->treatment = sound::treatment_for(heard);
    auto& passing = plan.source.passing;
    if (heard.damaged && passing.sound) {
        passing.sound.reset();
        passing.why_no_sound = "damaged";
    }
    if (plan.picture_passes() && plan.source.passing.sound &&
        plan.sound->treatment.changes_nothing())
        plan.sound->made = SoundRung::Made::passed;
}

std::string to_text(const Plan& plan) {
    nlohmann::ordered_json text;
    text["origin_us"] = plan.source.origin.count();
    text["access"] = plan.source.access == SourceFacts::Access::anywhere ? "anywhere" : "in_order";
    text["rate"] = {plan.grid.rate().num, plan.grid.rate().den};
    text["gop"] = plan.grid.gop();
    text["segment"] = plan.grid.segment_begin(1);
    text["chunks"] = plan.grid.divided();
    text["target_duration"] = plan.grid.target_duration();
    if (const auto& picture = plan.source.picture)
        text["picture"] = {
            {"stream", picture->stream},
            {"mirrored", picture->mirrored},
            {"turns", picture->quarter_turns},
            {"interlaced", picture->fields == PictureFacts::Fields::interlaced},
            {"high_light", picture->light == PictureFacts::Light::high},
        };
    if (const auto& passed = plan.source.passing.picture; passed && plan.picture_passes())
        text["passed"] = {{"clock",
                           {passed->clock.origin, passed->clock.factor, passed->clock.first,
                            passed->clock.unit}},
                          {"timescale", passed->timescale},
                          {"delay", passed->delay},
                          {"shortest", passed->shortest},
                          {"cuts", passed->cuts}};
    text["rungs"] = nlohmann::ordered_json::array();
    for (const auto& rung : plan.rungs)
        text["rungs"].push_back({{"name", rung.name},
                                 {"width", rung.width},
                                 {"height", rung.height},
                                 {"divisor", rung.divisor},
                                 {"max_rate", rung.max_rate},
                                 {"buffer", rung.buffer},
                                 {"quality", rung.quality}});
    if (plan.sound)
        text["sound"] = {{"name", plan.sound->name},
                         {"stream", plan.source.sound->stream},
                         {"bit_rate", plan.sound->bit_rate},
                         {"language", plan.sound->language},
                         {"target_lufs", sound::target_lufs},
                         {"held_peak_dbtp", sound::held_peak_dbtp},
                         {"gain_hundredths_db", plan.sound->treatment.gain_hundredths_db},
                         {"peaks_held",
                          plan.sound->treatment.peaks == sound::Treatment::Peaks::held},
                         {"mending", sound::to_text(plan.sound->treatment.mending)}};
    if (const auto& passed = plan.source.passing.sound; passed && plan.sound_passes())
        text["passed_sound"] = {passed->lead, passed->packets};
    return text.dump();
}

} // namespace transcoder::plan
