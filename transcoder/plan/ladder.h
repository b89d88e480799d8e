#pragma once

#include "transcoder/plan/grid.h"

#include <string>
#include <vector>

namespace transcoder::plan {

/// One encoding of the picture.
struct Rung {
    std::string name;     ///< "v720"
    int width = 0;
    int height = 0;
    int divisor = 1;      ///< of the conformed source's frame rate
    int max_rate = 0;     ///< bits a second that the encoder keeps to
    int buffer = 0;       ///< bits that may come at once
    int quality = 23;     ///< CRF
    /// Whether its pictures are encoded, or the source's own packets handed on.
    enum class Made { encoded, passed } made = Made::encoded;
    friend bool operator==(const Rung&, const Rung&) = default;
};

/// The picture as it is shown: upright, square pixels.
struct ShownSize {
    int width = 0;
    int height = 0;
};

/// A rung that somebody asks for.
struct WantedRung {
    static constexpr int fewest_lines = 90;
    static constexpr int most_lines = 1080;
    static constexpr int fewest_frames = 5;
    static constexpr int most_frames = 60;
    int lines = 0;
    int frames = 0;       ///< a second; 0: as many as the source has
    friend bool operator==(const WantedRung&, const WantedRung&) = default;
};

/// What is made of a source of `size` at `rate`, the thinnest first, at least two. The last is of the
/// source's own size, or 1080 lines where that is more. A rung never has more lines than the source;
/// thin rungs have few frames rather than few pixels, for slides must stay readable.
std::vector<Rung> ladder(ShownSize size, FrameRate rate);

/// The same of the rungs that are wanted, which are at least two, the one with the fewest lines first.
/// Frames are what comes nearest of the source's rate divided by a whole number. Of those that have more
/// lines than the source one is made, of the source's own size; where so only one is left, the usual
/// ladder.
std::vector<Rung> wanted_ladder(ShownSize size, FrameRate rate,
                                const std::vector<WantedRung>& wanted);

/// What all divisors of the rungs divide.
int common_step(const std::vector<Rung>& rungs);

/// The rung that `rung` is scaled from: the next larger whose frames include its own; itself where
/// there is none.
std::size_t scaled_from(const std::vector<Rung>& rungs, std::size_t rung);

/// The rate at which a source is encoded: at most 30 frames a second, at least one, near rates
/// taken for the usual ones they stand for.
FrameRate conformed_rate(FrameRate source);

} // namespace transcoder::plan
