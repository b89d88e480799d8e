#include "transcoder/sound/waveform.h"

#include "transcoder/sound/finished_sound.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace transcoder::sound {

namespace {

constexpr auto an_interval = static_cast<std::size_t>(av::sound_rate * Waveform::interval.count() / 1000);

int in_hundredths(float peak) {
    constexpr float most = 100;
    return static_cast<int>(std::lround(std::min(peak * most, most)));
}

} // namespace

std::size_t Waveform::count(std::chrono::microseconds duration) {
    const auto last = duration + interval - std::chrono::microseconds(1);
    return static_cast<std::size_t>(std::max<std::int64_t>(0, last / interval));
}

Waveform::Waveform(std::chrono::microseconds duration) : peaks_(count(duration)) {}

void Waveform::add(const av::Samples& samples) {
    for (std::size_t i = 0; i < samples.size(); ++i, ++heard_) {
        const auto at = static_cast<std::size_t>(heard_) / an_interval;
        if (at >= peaks_.size())
            return;
        const auto level = std::max(std::abs(samples.planes[0][i]), std::abs(samples.planes[1][i]));
        peaks_[at] = std::max(peaks_[at], level);
    }
}

std::string Waveform::to_text() const {
    nlohmann::ordered_json text;
    text["interval_s"] = std::chrono::duration<double>(interval).count();
    text["peaks"] = nlohmann::ordered_json::array();
    for (const auto peak : peaks_)
        text["peaks"].push_back(in_hundredths(peak));
    return text.dump() + "\n";
}

void hear(const std::filesystem::path& rendition, Waveform& waveform) {
    FinishedSound sound(rendition);
    while (const auto samples = sound.next())
        waveform.add(*samples);
}

} // namespace transcoder::sound
