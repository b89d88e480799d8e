#include "transcoder/answers.h"

#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>
#include <utility>

namespace transcoder {

namespace {

using nlohmann::json;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::int64_t most_pixels_a_side = 65'536;
constexpr std::int64_t most_streams = 64;
constexpr std::size_t longest_sentence = 900;
constexpr microseconds longest = std::chrono::hours(24 * 365);

[[noreturn]] void refuse(const char* name) {
    throw std::runtime_error(std::string("what was found out about the recording is no answer: ") +
                             name);
}

std::int64_t number(const json& text, const char* name, std::int64_t least, std::int64_t most) {
    const auto found = text.find(name);
    if (found == text.end() || !found->is_number_integer())
        refuse(name);
    const auto value = found->get<std::int64_t>();
    if (value < least || value > most)
        refuse(name);
    return value;
}

int small(const json& text, const char* name, std::int64_t least, std::int64_t most) {
    return static_cast<int>(number(text, name, least, most));
}

std::string words(const json& text, const char* name, std::size_t most) {
    const auto found = text.find(name);
    if (found == text.end() || !found->is_string())
        refuse(name);
    auto value = found->get<std::string>();
    const auto is_control = [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; };
    if (value.size() > most || std::ranges::any_of(value, is_control))
        refuse(name);
    return value;
}

/// Whatever a decoder complained of must not break the line.
std::string tame(std::string words) {
    if (words.size() > longest_sentence)
        words.resize(longest_sentence);
    for (auto& byte : words)
        if (const auto value = static_cast<unsigned char>(byte); value < 0x20 || value == 0x7f)
            byte = ' ';
    return words;
}

std::string line(const json& text) {
    return text.dump(-1, ' ', false, json::error_handler_t::replace);
}

json of(const Rejection& rejection) {
    return {{"kind", to_text(rejection.kind)},
            {"message", tame(rejection.message)},
            {"message_en", tame(rejection.message_en)}};
}

Rejection read_rejection(const json& text) {
    constexpr std::array kinds{Kind::empty,     Kind::not_a_recording, Kind::playlist,
                               Kind::truncated, Kind::unsupported,     Kind::damaged,
                               Kind::too_large, Kind::no_space,        Kind::internal,
                               Kind::cannot_pass};
    const auto kind = words(text, "kind", longest_sentence);
    for (const auto known : kinds)
        if (kind == to_text(known))
            return {known, words(text, "message", 2 * longest_sentence),
                    words(text, "message_en", 2 * longest_sentence)};
    refuse("kind");
}

json of(const plan::PictureFacts& picture) {
    return {{"stream", picture.stream},
            {"codec", picture.codec},
            {"width", picture.shown.width},
            {"height", picture.shown.height},
            {"stored_width", picture.stored.width},
            {"stored_height", picture.stored.height},
            {"pixels", picture.pixels},
            {"mirrored", picture.mirrored ? 1 : 0},
            {"quarter_turns", picture.quarter_turns},
            {"rate_num", picture.rate.num},
            {"rate_den", picture.rate.den},
            {"average_num", picture.average_rate.num},
            {"average_den", picture.average_rate.den},
            {"interlaced", picture.fields == plan::PictureFacts::Fields::interlaced ? 1 : 0},
            {"high_light", picture.light == plan::PictureFacts::Light::high ? 1 : 0}};
}

plan::PictureFacts read_picture(const json& text) {
    constexpr std::int64_t most = 1'000'000'000;
    using Facts = plan::PictureFacts;
    Facts picture;
    picture.stream = small(text, "stream", 0, most_streams);
    picture.codec = words(text, "codec", 64);
    picture.shown = {small(text, "width", 1, most_pixels_a_side),
                     small(text, "height", 1, most_pixels_a_side)};
    picture.stored = {small(text, "stored_width", 1, most_pixels_a_side),
                      small(text, "stored_height", 1, most_pixels_a_side)};
    picture.pixels = words(text, "pixels", 64);
    picture.mirrored = small(text, "mirrored", 0, 1) == 1;
    picture.quarter_turns = small(text, "quarter_turns", -4, 4);
    picture.rate = {small(text, "rate_num", 1, most), small(text, "rate_den", 1, most)};
    picture.average_rate = {small(text, "average_num", 1, most), small(text, "average_den", 1, most)};
    picture.fields = small(text, "interlaced", 0, 1) == 1 ? Facts::Fields::interlaced
                                                          : Facts::Fields::progressive;
    picture.light =
        small(text, "high_light", 0, 1) == 1 ? Facts::Light::high : Facts::Light::standard;
    return picture;
}

json of(const plan::SoundFacts& sound) {
    return {{"stream", sound.stream},
            {"codec", sound.codec},
            {"channels", sound.channels},
            {"sample_rate", sound.sample_rate},
            {"language", sound.language}};
}

plan::SoundFacts read_sound(const json& text) {
    plan::SoundFacts sound;
    sound.stream = small(text, "stream", 0, most_streams);
    sound.codec = words(text, "codec", 64);
    sound.channels = small(text, "channels", 1, 1024);
    sound.sample_rate = small(text, "sample_rate", 1, 10'000'000);
    sound.language = words(text, "language", 64);
    return sound;
}

json of(const catalog::media::Bandwidth& bandwidth) {
    return {bandwidth.peak, bandwidth.average};
}

catalog::media::Bandwidth read_bandwidth(const json& text) {
    constexpr std::int64_t most = 1'000'000'000;
    if (!text.is_array() || text.size() != 2)
        refuse("bandwidth");
    const json named{{"peak", text[0]}, {"average", text[1]}};
    return {static_cast<std::uint64_t>(number(named, "peak", 0, most)),
            static_cast<std::uint64_t>(number(named, "average", 0, most))};
}

json of(const plan::PassedPicture& passed) {
    // How far they lie apart is half as long to say as where they lie.
    auto lengths = json::array();
    for (std::size_t i = 1; i < passed.cuts.size(); ++i)
        lengths.push_back(passed.cuts[i] - passed.cuts[i - 1]);
    return {{"origin", passed.clock.origin}, {"factor", passed.clock.factor},
            {"first", passed.clock.first},   {"unit", passed.clock.unit},
            {"timescale", passed.timescale}, {"delay", passed.delay},
            {"shortest", passed.shortest},   {"bandwidth", of(passed.bandwidth)},
            {"lengths", lengths}};
}

plan::PassedPicture read_passed_picture(const json& text) {
    constexpr std::int64_t most_ticks = 100'000'000;
    constexpr std::size_t most_segments = 40'000;
    constexpr std::int64_t longest_segment_s = 11;
    plan::PassedPicture passed;
    passed.clock.origin =
        number(text, "origin", -std::int64_t{1} << 61, std::int64_t{1} << 61);
    passed.clock.factor = small(text, "factor", 1, most_ticks);
    passed.timescale = small(text, "timescale", 1, most_ticks);
    passed.clock.first = number(text, "first", 0, 2 * std::int64_t{passed.timescale});
    passed.clock.unit = small(text, "unit", 1, most_ticks);
    passed.delay = small(text, "delay", 0, 16);
    passed.shortest = small(text, "shortest", 1, 10 * std::int64_t{passed.timescale});
    passed.bandwidth = read_bandwidth(text.value("bandwidth", json()));
    const auto lengths = text.value("lengths", json());
    if (!lengths.is_array() || lengths.empty() || lengths.size() > most_segments)
        refuse("lengths");
    passed.cuts = {0};
    for (const auto& length : lengths) {
        const json named{{"length", length}};
        passed.cuts.push_back(passed.cuts.back() +
                              number(named, "length", 1, longest_segment_s * passed.timescale));
    }
    return passed;
}

json of(const plan::PassedSound& passed) {
    return {{"lead", passed.lead},
            {"packets", passed.packets},
            {"bandwidth", of(passed.bandwidth)}};
}

plan::PassedSound read_passed_sound(const json& text) {
    return {small(text, "lead", 0, 48'000), number(text, "packets", 1, std::int64_t{1} << 32),
            read_bandwidth(text.value("bandwidth", json()))};
}

json of(const plan::Passing& passing) {
    json text{{"why_no_picture", passing.why_no_picture}, {"why_no_sound", passing.why_no_sound}};
    if (passing.picture)
        text["picture"] = of(*passing.picture);
    if (passing.sound)
        text["sound"] = of(*passing.sound);
    return text;
}

plan::Passing read_passing(const json& text) {
    plan::Passing passing;
    passing.why_no_picture = words(text, "why_no_picture", 64);
    passing.why_no_sound = words(text, "why_no_sound", 64);
    if (text.contains("picture"))
        passing.picture = read_passed_picture(text.at("picture"));
    if (text.contains("sound") && passing.picture)
        passing.sound = read_passed_sound(text.at("sound"));
    return passing;
}

/// Milliseconds from one to the next, the first from 0.
json of(const std::vector<milliseconds>& keys) {
    auto apart = json::array();
    milliseconds last{0};
    for (const auto key : keys)
        apart.push_back((key - std::exchange(last, key)).count());
    return apart;
}

std::vector<milliseconds> read_keys(const json& text) {
    constexpr std::size_t most = 24 * 3600 + 1;
    if (!text.is_array() || text.size() > most)
        refuse("keys");
    std::vector<milliseconds> keys;
    milliseconds last{0};
    for (const auto& apart : text) {
        const json named{{"apart", apart}};
        last += milliseconds(number(named, "apart", 0, std::chrono::floor<milliseconds>(longest).count()));
        keys.push_back(last);
    }
    return keys;
}

json parse(std::string_view text) {
    constexpr bool with_exceptions = false;
    auto parsed = json::parse(text, nullptr, with_exceptions);
    if (!parsed.is_object())
        refuse("no object");
    return parsed;
}

} // namespace

std::string to_text(const Outcome<plan::SourceFacts>& facts) {
    if (!facts)
        return line({{"rejected", of(facts.error())}});
    json text{{"container", facts->container},
              {"origin_us", facts->origin.count()},
              {"anywhere", facts->access == plan::SourceFacts::Access::anywhere ? 1 : 0}};
    text["keys_ms"] = of(facts->keys);
    text["passing"] = of(facts->passing);
    if (facts->duration)
        text["duration_us"] = facts->duration->count();
    if (facts->picture)
        text["picture"] = of(*facts->picture);
    if (facts->sound)
        text["sound"] = of(*facts->sound);
    return line(text);
}

std::string to_text(const Outcome<Finished>& finished) {
    if (!finished)
        return line({{"rejected", of(finished.error())}});
    return line({{"duration_us", finished->duration.count()}, {"lost_us", finished->lost.count()}});
}

std::string to_text(const Outcome<sound::Heard>& heard) {
    return heard ? sound::to_text(*heard) : line({{"rejected", of(heard.error())}});
}

std::string to_text(const Outcome<timed_text::Told>& told) {
    return told ? timed_text::to_text(*told) : line({{"rejected", of(told.error())}});
}

std::string to_text(const Outcome<void>& done) {
    return done ? line(json::object()) : line({{"rejected", of(done.error())}});
}

Outcome<plan::SourceFacts> read_facts(std::string_view line_of_text) {
    const auto text = parse(line_of_text);
    if (text.contains("rejected"))
        return read_rejection(text.at("rejected"));
    plan::SourceFacts facts;
    facts.container = words(text, "container", 64);
    facts.origin =
        microseconds(number(text, "origin_us", -std::int64_t{1} << 61, std::int64_t{1} << 61));
    facts.access = small(text, "anywhere", 0, 1) == 1 ? plan::SourceFacts::Access::anywhere
                                                      : plan::SourceFacts::Access::in_order;
    facts.keys = read_keys(text.value("keys_ms", json::array()));
    if (text.contains("duration_us"))
        facts.duration = microseconds(number(text, "duration_us", 0, std::int64_t{1} << 61));
    if (text.contains("picture"))
        facts.picture = read_picture(text.at("picture"));
    if (text.contains("sound"))
        facts.sound = read_sound(text.at("sound"));
    if (facts.picture && text.contains("passing"))
        facts.passing = read_passing(text.at("passing"));
    if (!facts.picture && !facts.sound)
        refuse("neither picture nor sound");
    return facts;
}

Outcome<sound::Heard> read_heard(std::string_view line_of_text) {
    const auto text = parse(line_of_text);
    if (text.contains("rejected"))
        return read_rejection(text.at("rejected"));
    return sound::read_heard(line_of_text);
}

Outcome<Finished> read_finished(std::string_view line_of_text) {
    const auto text = parse(line_of_text);
    if (text.contains("rejected"))
        return read_rejection(text.at("rejected"));
    return Finished{microseconds(number(text, "duration_us", 0, longest.count())),
                    microseconds(number(text, "lost_us", 0, std::int64_t{1} << 61)),
                    {},
                    {},
                    {}};
}

Outcome<timed_text::Told> read_told(std::string_view line_of_text) {
    const auto text = parse(line_of_text);
    if (text.contains("rejected"))
        return read_rejection(text.at("rejected"));
    return timed_text::read_told(line_of_text);
}

Outcome<void> read_done(std::string_view line_of_text) {
    const auto text = parse(line_of_text);
    if (text.contains("rejected"))
        return read_rejection(text.at("rejected"));
    return boost::system::in_place_value;
}

} // namespace transcoder
