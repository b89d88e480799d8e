#pragma once

#include "transcoder/plan/grid.h"
#include "transcoder/plan/ladder.h"
#include "transcoder/plan/pass_facts.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::plan {

/// Pixels are taken for square where their sides differ by less than this share: headers round.
inline constexpr double square_enough = 0.01;

/// Pixels of a shape beyond this (or its inverse) are a header's mistake, and taken for square.
inline constexpr double oddest_pixels = 20;

/// What a source says of its picture.
struct PictureFacts {
    int stream = 0;
    std::string codec;              ///< "h264"
    ShownSize shown;                ///< upright, square pixels
    bool mirrored = false;          ///< left and right are to be exchanged, after it was turned
    int quarter_turns = 0;          ///< clockwise, to make it upright
    ShownSize stored;               ///< as it is in the file, before it is set upright
    std::string pixels;             ///< libav's name of their format: "yuv420p"
    FrameRate rate;                 ///< nominal
    FrameRate average_rate;         ///< by the header; as `rate` where it does not say
    enum class Fields { progressive, interlaced } fields = Fields::progressive;
    enum class Light { standard, high } light = Light::standard;  ///< high: PQ or HLG
    friend bool operator==(const PictureFacts& a, const PictureFacts& b) {
        return a.stream == b.stream && a.codec == b.codec && a.shown.width == b.shown.width &&
               a.shown.height == b.shown.height && a.stored.width == b.stored.width &&
               a.stored.height == b.stored.height && a.pixels == b.pixels &&
               a.average_rate == b.average_rate && a.mirrored == b.mirrored && a.quarter_turns == b.quarter_turns &&
               a.rate == b.rate && a.fields == b.fields && a.light == b.light;
    }
};

struct SoundFacts {
    int stream = 0;
    std::string codec;
    int channels = 0;
    int sample_rate = 0;
    std::string language;           ///< BCP 47; empty where the source does not say
    friend bool operator==(const SoundFacts&, const SoundFacts&) = default;
};

/// What is known of a source before it is decoded.
struct SourceFacts {
    std::string container;          ///< libav's name of it: "matroska,webm"
    std::optional<std::chrono::microseconds> duration;  ///< by the header: a promise, not a fact
    std::chrono::microseconds origin{0};                ///< the source's time that becomes 0
    std::optional<PictureFacts> picture;
    std::optional<SoundFacts> sound;
    /// Whether any place can be gone to exactly, or the source is read from its beginning only.
    enum class Access { anywhere, in_order } access = Access::in_order;
    /// Where the picture can be gone to, by the container's index, ascending and a second apart at
    /// least; empty where it is read in order. About: only how much is decoded follows from it.
    std::vector<std::chrono::milliseconds> keys;
    Passing passing;
};

} // namespace transcoder::plan
