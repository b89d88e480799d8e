#include "transcoder/plan/plan.h"

#include "transcoder/plan/cadence.h"

#include <nlohmann/json.hpp>

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

bool Plan::sound_goes_first() const { return picture_passes() && sound && !sound_passes(); }

Plan make_plan(const SourceFacts& source, const std::string& language) {
    std::optional<SoundRung> sound;
    if (source.sound) {
        sound.emplace();
        sound->language = source.sound->language.empty() ? language : source.sound->language;
    }
    if (!source.picture)
        return {source, Grid::of_sound(), {}, sound};
    const auto rate = conformed_rate(source.picture->rate);
    auto rungs = ladder(source.picture->shown, rate);
    if (const auto& passed = source.passing.picture) {
        rungs.back().made = Rung::Made::passed;
        const auto grid =
            Grid::cut_at(rate, common_step(rungs), passed->timescale, passed->cuts);
        return {source, grid, std::move(rungs), sound};
    }
    const Grid grid(rate, common_step(rungs));
    return {source, grid, std::move(rungs), sound};
}

std::string to_text(const Plan& plan) {
    nlohmann::ordered_json text;
    text["origin_us"] = plan.source.origin.count();
    text["access"] = plan.source.access == SourceFacts::Access::anywhere ? "anywhere" : "in_order";
    text["rate"] = {plan.grid.rate().num, plan.grid.rate().den};
    text["gop"] = plan.grid.gop();
    if (const auto& picture = plan.source.picture)
        text["picture"] = {
            {"stream", picture->stream},
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
                         {"language", plan.sound->language}};
    if (const auto& passed = plan.source.passing.sound; passed && plan.sound_passes())
        text["passed_sound"] = {passed->lead, passed->packets};
    return text.dump();
}

} // namespace transcoder::plan
