#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace catalog::caption_file {

/// What a line says of times: "00:01:23,450 --> 00:01:27,000 align:start".
struct CueTimes {
    enum class Kind {
        none,     ///< no times: it is text, also where it holds an arrow
        whole,    ///< both times, to fractions of a second: never text
        coarse,   ///< both times, one in whole seconds: times only where some are expected
        negative, ///< meant as times, of which one is before 0
        broken,   ///< meant as times, of which one is none
        arrow,    ///< an arrow between other words
    };
    Kind kind = Kind::none;
    /// Of `broken` and `negative`: one of the times is whole, so that no text can be meant.
    bool is_certain = false;
    std::chrono::milliseconds start{};
    std::chrono::milliseconds end{};
    std::string rest; ///< what stands behind the times: settings, or text
};

/// Reads the times of a line. Hours may be missing or many, the decimal mark a comma or a point,
/// letters full-width, and spaces anywhere between.
CueTimes read_cue_times(std::string_view line);

/// Whether it is settings of WebVTT ("align:start size:50%") or places of SRT ("X1:0 X2:10").
bool is_settings(std::string_view text);

} // namespace catalog::caption_file
