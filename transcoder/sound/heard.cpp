#include "transcoder/sound/heard.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <stdexcept>

namespace transcoder::sound {

namespace {

using nlohmann::json;

constexpr std::size_t most_silences = 10'000;
constexpr std::int64_t a_week_ms = std::int64_t{7} * 24 * 3600 * 1000;

[[noreturn]] void refuse(const char* name) {
    throw std::runtime_error(std::string("what was heard of the sound is no answer: ") + name);
}

double number(const json& text, const char* name, double least, double most) {
    const auto found = text.find(name);
    if (found == text.end() || !found->is_number())
        refuse(name);
    const auto value = found->get<double>();
    if (!std::isfinite(value) || value < least || value > most)
        refuse(name);
    return value;
}

std::int64_t whole(const json& text, const char* name, std::int64_t most) {
    if (!text.is_number_integer() || text.get<std::int64_t>() < 0 ||
        text.get<std::int64_t>() > most)
        refuse(name);
    return text.get<std::int64_t>();
}

const json& field(const json& text, const char* name) {
    const auto found = text.find(name);
    if (found == text.end())
        refuse(name);
    return *found;
}

json of(const Side& side) {
    return {{"level_dbfs", side.level_dbfs}, {"active_share", side.active_share}};
}

Side read_side(const json& text, const char* name) {
    const auto& side = field(text, name);
    if (!side.is_object())
        refuse(name);
    return {number(side, "level_dbfs", nothing_dbfs, 60), number(side, "active_share", 0, 1)};
}

std::vector<Silence> read_silences(const json& text) {
    const auto& list = field(text, "silences_ms");
    if (!list.is_array() || list.size() > most_silences)
        refuse("silences_ms");
    std::vector<Silence> silences;
    for (const auto& span : list) {
        if (!span.is_array() || span.size() != 2)
            refuse("silences_ms");
        silences.push_back(
            {std::chrono::milliseconds(whole(span[0], "silences_ms", a_week_ms)),
             std::chrono::milliseconds(whole(span[1], "silences_ms", a_week_ms))});
    }
    return silences;
}

} // namespace

std::string to_text(const Heard& heard) {
    json text{{"duration_us", heard.duration.count()},
              {"whole", heard.of == Heard::Of::whole},
              {"integrated_lufs", nullptr},
              {"range_lu", heard.range_lu},
              {"true_peak_dbtp", heard.true_peak_dbtp},
              {"left", of(heard.left)},
              {"right", of(heard.right)},
              {"correlation", heard.correlation},
              {"silences_ms", json::array()},
              {"damaged", heard.damaged}};
    if (heard.integrated_lufs)
        text["integrated_lufs"] = *heard.integrated_lufs;
    for (const auto& silence : heard.silences)
        text["silences_ms"].push_back({silence.begin.count(), silence.end.count()});
    return text.dump();
}

Heard read_heard(std::string_view line) {
    constexpr bool with_exceptions = false;
    const auto text = json::parse(line, nullptr, with_exceptions);
    if (!text.is_object())
        refuse("no object");
    Heard heard;
    heard.duration =
        std::chrono::microseconds(whole(field(text, "duration_us"), "duration_us", a_week_ms * 1000));
    if (!field(text, "whole").is_boolean())
        refuse("whole");
    heard.of = text["whole"].get<bool>() ? Heard::Of::whole : Heard::Of::stretches;
    if (!field(text, "integrated_lufs").is_null())
        heard.integrated_lufs = number(text, "integrated_lufs", nothing_dbfs, 60);
    heard.range_lu = number(text, "range_lu", 0, 200);
    heard.true_peak_dbtp = number(text, "true_peak_dbtp", nothing_dbfs, 60);
    heard.left = read_side(text, "left");
    heard.right = read_side(text, "right");
    heard.correlation = number(text, "correlation", -1, 1);
    heard.silences = read_silences(text);
    const auto& damaged = field(text, "damaged");
    if (!damaged.is_boolean())
        refuse("damaged");
    heard.damaged = damaged.get<bool>();
    return heard;
}

} // namespace transcoder::sound
