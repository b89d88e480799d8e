#include "transcoder/stills/slide_show.h"

#include "catalog/media/bandwidth.h"
#include "catalog/media/multivariant_playlist.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace transcoder::stills {

namespace {

using catalog::media::Bandwidth;

Bandwidth measured(const Track& track) {
    return catalog::media::measure(track.playlist().segments, track.playlist().target_duration);
}

/// By the picture that stands shortest.
std::string frame_rate(const Track& picture) {
    auto shortest = std::chrono::microseconds::max();
    for (const auto& segment : picture.playlist().segments)
        shortest = std::min(shortest, segment.duration);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3f", 1e6 / static_cast<double>(shortest.count()));
    return text.data();
}

} // namespace

std::vector<std::chrono::microseconds> slide_cuts(const std::vector<Slide>& slides) {
    constexpr std::chrono::microseconds longest = std::chrono::seconds(longest_segment);
    std::vector<std::chrono::microseconds> cuts;
    for (const auto& slide : slides) {
        const auto length = slide.end - slide.begin;
        const auto pieces = (length + longest - std::chrono::microseconds(1)) / longest;
        for (std::int64_t i = 0; i < pieces; ++i)
            cuts.push_back(slide.begin + length * i / pieces);
    }
    if (!slides.empty())
        cuts.push_back(slides.back().end);
    return cuts;
}

void write_slide_show(const folder::FreshFolder& folder, const plan::Plan& plan,
                      const Track& picture, const Track* sound) {
    const auto& top = plan.rungs.back();
    catalog::media::MultivariantPlaylist playlist;
    catalog::media::Variant variant;
    variant.rendition = picture.name();
    variant.bandwidth = measured(picture);
    variant.codecs = picture.codec();
    variant.picture = {top.width, top.height, frame_rate(picture)};
    if (sound != nullptr) {
        constexpr int mono = 1;
        playlist.audio.push_back({sound->name(), plan.sound->language, "音声", mono});
        variant.bandwidth = variant.bandwidth + measured(*sound);
        variant.codecs += "," + sound->codec();
    }
    playlist.variants.push_back(std::move(variant));
    folder.write("main.m3u8", catalog::media::to_file_text(playlist));
}

} // namespace transcoder::stills
