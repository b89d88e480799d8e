#include "transcoder/plan/plan.h"

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
    if (!source.duration)
        return std::nullopt;
    return grid.nearest(*source.duration);
}

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
    return text.dump();
}

} // namespace transcoder::plan
