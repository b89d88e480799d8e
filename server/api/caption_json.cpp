#include "server/api/caption_json.h"

#include "catalog/caption_changes.h"
#include "catalog/caption_file.h"
#include "server/api/json_values.h"

#include <algorithm>
#include <cmath>

namespace server::api {

using catalog::Cue;
using catalog::Refusal;
using catalog::Result;
using nlohmann::json;
using std::chrono::milliseconds;

namespace {

double seconds(milliseconds time) {
    return std::chrono::duration<double>(time).count();
}

/// Seconds, also below 0; nothing where `name` is no number that any recording could reach.
std::optional<milliseconds> seconds_in(const json& cue, const char* name) {
    constexpr double longest_s = 1000.0 * 3600;
    const auto found = cue.find(name);
    if (found == cue.end() || !found->is_number())
        return std::nullopt;
    const auto value = found->get<double>();
    if (!std::isfinite(value) || std::abs(value) > longest_s)
        return std::nullopt;
    return milliseconds(std::llround(value * 1000));
}

Result<Cue> cue_in(const json& value, std::size_t place) {
    const auto wrong = [place](const char* what) {
        return refuse(Refusal::invalid, std::to_string(place) + what);
    };
    if (!value.is_object())
        return wrong("番目の字幕を読み取れませんでした。");
    const auto start = seconds_in(value, "start_s");
    const auto end = seconds_in(value, "end_s");
    if (!start || !end)
        return wrong("番目の字幕の時刻を読み取れませんでした。");
    const auto text = value.find("text");
    if (text == value.end() || !text->is_string())
        return wrong("番目の字幕の文を読み取れませんでした。");
    return Cue{*start, *end, text->get<std::string>()};
}

bool is_control(char c) {
    return (c >= 0 && c < ' ') || c == 0x7F;
}

} // namespace

json track_json(const catalog::CaptionTrack& track) {
    auto cues = json::array();
    for (const auto& cue : track.cues)
        cues.push_back(
            {{"start_s", seconds(cue.start)}, {"end_s", seconds(cue.end)}, {"text", cue.text}});
    return {{"language", track.language}, {"label", track.label}, {"cues", std::move(cues)}};
}

Result<std::vector<Cue>> cues_in(const json& body) {
    const auto found = body.find("cues");
    if (found == body.end() || !found->is_array())
        return refuse(Refusal::invalid, "字幕を読み取れませんでした。");
    std::vector<Cue> cues;
    for (const auto& value : *found) {
        auto cue = cue_in(value, cues.size() + 1);
        if (!cue)
            return cue.error();
        cues.push_back(std::move(*cue));
    }
    return catalog::tidied(cues);
}

Result<std::string> label_in(const std::string& label, const std::string& otherwise) {
    constexpr std::size_t longest = 120;
    if (label.size() > longest || std::any_of(label.begin(), label.end(), is_control))
        return refuse(Refusal::invalid, "字幕の名前は、1行で40字までにしてください。");
    return label.empty() ? otherwise : label;
}

} // namespace server::api
