#include "transcoder/live/ladder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace transcoder::live {

namespace {

constexpr int thin_lines = 360;
constexpr int middle_lines = 480;
constexpr int encoded_lines = 720;
constexpr int thin_frames = 15;
constexpr unsigned threads_for_a_middle = 4;

int even(double length) { return std::max(16, static_cast<int>(std::lround(length / 2)) * 2); }

std::string name_of(int lines) { return "v" + std::to_string(lines); }

LiveRung rung(plan::ShownSize size, int lines, std::string name) {
    const double scale = static_cast<double>(lines) / std::min(size.width, size.height);
    LiveRung made;
    made.name = std::move(name);
    made.size = {even(size.width * scale), even(size.height * scale)};
    return made;
}

/// By lines; what moves little stays far below.
int rate_of(int lines) {
    const double share = static_cast<double>(lines) / encoded_lines;
    return std::max(100'000, static_cast<int>(1'500'000 * std::pow(share, 1.5)));
}

LiveRung thin(plan::ShownSize size, int lines) {
    auto made = lines > thin_lines ? rung(size, thin_lines, name_of(thin_lines))
                                   : rung(size, lines, name_of(lines) + "s");
    made.frames = thin_frames;
    made.max_rate = std::min(250'000, rate_of(std::min(lines, thin_lines)));
    made.quality = 26;
    return made;
}

} // namespace

std::vector<LiveRung> live_ladder(plan::ShownSize size, LiveRung::Made top, int top_rate,
                                  unsigned threads) {
    const int lines = std::min(size.width, size.height);
    std::vector<LiveRung> rungs{thin(size, lines)};
    if (threads >= threads_for_a_middle && lines > encoded_lines * 2 / 3 * 6 / 5) {
        rungs.push_back(rung(size, middle_lines, name_of(middle_lines)));
        rungs.back().max_rate = rate_of(middle_lines);
        rungs.back().frames = thin_frames;
    }
    if (top == LiveRung::Made::passed) {
        rungs.push_back(rung(size, lines, name_of(lines)));
        rungs.back().size = {size.width, size.height};
        rungs.back().max_rate = top_rate;
    } else {
        const int encoded = std::min(lines, encoded_lines);
        rungs.push_back(rung(size, encoded, name_of(encoded)));
        rungs.back().max_rate = rate_of(encoded);
    }
    rungs.back().made = top;
    return rungs;
}

LiveRung encoded_instead(const LiveRung& passed) {
    const plan::ShownSize size{passed.size.width, passed.size.height};
    const int lines = std::min({size.width, size.height, encoded_lines});
    auto made = rung(size, lines, passed.name);
    made.max_rate = rate_of(lines);
    return made;
}

std::string to_text(const std::vector<LiveRung>& rungs) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& rung : rungs)
        list.push_back({{"name", rung.name},
                        {"width", rung.size.width},
                        {"height", rung.size.height},
                        {"passed", rung.made == LiveRung::Made::passed},
                        {"frames", rung.frames},
                        {"max_rate", rung.max_rate},
                        {"quality", rung.quality}});
    return list.dump();
}

std::optional<std::vector<LiveRung>> read_live_ladder(std::string_view text) {
    try {
        std::vector<LiveRung> rungs;
        for (const auto& read : nlohmann::json::parse(text)) {
            LiveRung rung;
            rung.name = read.at("name").get<std::string>();
            rung.size = {read.at("width").get<int>(), read.at("height").get<int>()};
            rung.made = read.at("passed").get<bool>() ? LiveRung::Made::passed
                                                      : LiveRung::Made::encoded;
            rung.frames = read.at("frames").get<int>();
            rung.max_rate = read.at("max_rate").get<int>();
            rung.quality = read.at("quality").get<int>();
            rungs.push_back(std::move(rung));
        }
        if (rungs.size() < 2)
            return std::nullopt;
        return rungs;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

} // namespace transcoder::live
