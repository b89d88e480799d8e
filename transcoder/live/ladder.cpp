#include "transcoder/live/ladder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace transcoder::live {

namespace {

constexpr int thin_lines = 360;
constexpr int middle_lines = 480;
constexpr int encoded_lines = 720;
constexpr Ticks thin_step = second / 15;
constexpr Ticks full_step = second / 30;
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

LiveRung thin(const Offered& offered, int lines) {
    auto made = lines > thin_lines ? rung(offered.size, thin_lines, name_of(thin_lines))
                                   : rung(offered.size, lines, name_of(lines) + "s");
    made.step = paced(offered.step, thin_step);
    made.max_rate = 90'000;
    made.quality = 26;
    return made;
}

LiveRung middle(const Offered& offered) {
    auto made = rung(offered.size, middle_lines, name_of(middle_lines));
    made.step = paced(offered.step, thin_step);
    made.max_rate = rate_of(middle_lines);
    return made;
}

LiveRung top_of(const Offered& offered, LiveRung::Made how, int lines) {
    const bool passes = how == LiveRung::Made::passed;
    const int made_lines = passes ? lines : std::min(lines, encoded_lines);
    auto made = rung(offered.size, made_lines, name_of(made_lines));
    if (passes)
        made.size = {offered.size.width, offered.size.height};
    made.made = how;
    made.step = passes ? offered.step : paced(offered.step, full_step);
    made.max_rate = passes ? offered.rate : rate_of(made_lines);
    return made;
}

} // namespace

bool widen(LiveRung& passed, const Offered& offered) {
    const auto before = passed;
    passed.step = std::min(passed.step, offered.step);
    if (offered.size.width * offered.size.height > passed.size.width * passed.size.height)
        passed.size = {offered.size.width, offered.size.height};
    return passed != before;
}

Ticks paced(Ticks published, Ticks shortest) {
    constexpr Ticks little = second / 500;
    return published * std::max<Ticks>(1, (shortest - little + published - 1) / published);
}

std::vector<LiveRung> live_ladder(const Offered& offered, LiveRung::Made top, unsigned threads) {
    const int lines = std::min(offered.size.width, offered.size.height);
    std::vector<LiveRung> rungs{thin(offered, lines)};
    if (threads >= threads_for_a_middle && lines > middle_lines * 6 / 5)
        rungs.push_back(middle(offered));
    rungs.push_back(top_of(offered, top, lines));
    return rungs;
}

LiveRung encoded_instead(const LiveRung& passed) {
    const plan::ShownSize size{passed.size.width, passed.size.height};
    const int lines = std::min({size.width, size.height, encoded_lines});
    auto made = rung(size, lines, passed.name);
    made.max_rate = rate_of(lines);
    made.step = std::max(passed.step, full_step);
    return made;
}

std::string to_text(const std::vector<LiveRung>& rungs) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& rung : rungs)
        list.push_back({{"name", rung.name},
                        {"width", rung.size.width},
                        {"height", rung.size.height},
                        {"passed", rung.made == LiveRung::Made::passed},
                        {"step", rung.step},
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
            rung.step = read.at("step").get<Ticks>();
            rung.max_rate = read.at("max_rate").get<int>();
            rung.quality = read.at("quality").get<int>();
            rungs.push_back(std::move(rung));
        }
        const auto is_odd = [](const LiveRung& rung) { return rung.step <= 0; };
        if (rungs.size() < 2 || std::ranges::any_of(rungs, is_odd))
            return std::nullopt;
        return rungs;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

} // namespace transcoder::live
