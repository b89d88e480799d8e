#include "transcoder/timed_text/told.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace transcoder::timed_text {

namespace {

using nlohmann::json;

constexpr std::int64_t most_cues = 10'000'000;
constexpr std::size_t most_tracks = 64;

[[noreturn]] void refuse(const char* name) {
    throw std::runtime_error(std::string("what is told of the text is no answer: ") + name);
}

std::int64_t number(const json& text, const char* name, std::int64_t most) {
    const auto found = text.find(name);
    if (found == text.end() || !found->is_number_integer())
        refuse(name);
    const auto value = found->get<std::int64_t>();
    if (value < 0 || value > most)
        refuse(name);
    return value;
}

/// Terms, languages and names of files: letters, digits and a few signs.
std::string term(const json& text, const char* name) {
    constexpr std::size_t longest = 80;
    const auto found = text.find(name);
    if (found == text.end() || !found->is_string())
        refuse(name);
    auto value = found->get<std::string>();
    const auto is_allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-_./").find(c) != std::string_view::npos;
    };
    if (value.size() > longest || !std::ranges::all_of(value, is_allowed))
        refuse(name);
    return value;
}

json of(const CaptionsTold& captions) {
    return {{"stream", captions.stream},         {"codec", captions.codec},
            {"language", captions.language},     {"file", captions.file},
            {"why_not", captions.why_not},       {"cues", captions.cues},
            {"unreadable", captions.unreadable}, {"not_utf8", captions.not_utf8},
            {"outside", captions.outside}};
}

CaptionsTold read_captions(const json& text) {
    CaptionsTold captions;
    captions.stream = static_cast<int>(number(text, "stream", most_tracks));
    captions.codec = term(text, "codec");
    captions.language = term(text, "language");
    captions.file = term(text, "file");
    captions.why_not = term(text, "why_not");
    captions.cues = number(text, "cues", most_cues);
    captions.unreadable = number(text, "unreadable", most_cues);
    captions.not_utf8 = number(text, "not_utf8", most_cues);
    captions.outside = number(text, "outside", most_cues);
    return captions;
}

} // namespace

std::string to_text(const Told& told) {
    json text{{"captions", json::array()}, {"why_not", told.why_not}};
    for (const auto& captions : told.captions)
        text["captions"].push_back(of(captions));
    text["chapters"] = {{"found", told.chapters.found},
                        {"written", told.chapters.written},
                        {"why_not", told.chapters.why_not}};
    return text.dump(-1, ' ', false, json::error_handler_t::replace);
}

Told read_told(std::string_view text) {
    constexpr bool with_exceptions = false;
    const auto parsed = json::parse(text, nullptr, with_exceptions);
    if (!parsed.is_object() || !parsed.contains("captions") || !parsed["captions"].is_array() ||
        parsed["captions"].size() > most_tracks)
        refuse("captions");
    Told told;
    for (const auto& captions : parsed["captions"]) {
        if (!captions.is_object())
            refuse("captions");
        told.captions.push_back(read_captions(captions));
    }
    if (!parsed.contains("chapters") || !parsed["chapters"].is_object())
        refuse("chapters");
    const auto& chapters = parsed["chapters"];
    told.chapters = {number(chapters, "found", most_cues), number(chapters, "written", most_cues),
                     term(chapters, "why_not")};
    told.why_not = term(parsed, "why_not");
    return told;
}

} // namespace transcoder::timed_text
