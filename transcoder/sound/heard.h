#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace transcoder::sound {

/// Nothing is given as quieter than this, in dB below full scale.
inline constexpr double nothing_dbfs = -120;

/// One of the two sides of a recording's sound.
struct Side {
    double level_dbfs = nothing_dbfs;  ///< RMS over the whole recording
    double active_share = 0;           ///< of its tenths of a second that are no silence, 0 to 1
    friend bool operator==(const Side&, const Side&) = default;
};

/// A time in which nothing is to be heard, two seconds or more.
struct Silence {
    std::chrono::milliseconds begin{0};
    std::chrono::milliseconds end{0};
    friend bool operator==(const Silence&, const Silence&) = default;
};

/// What was heard of a recording's sound, as the stereo that it is decoded to. Rounded, so that it
/// is the same when it was written down and read again.
struct Heard {
    std::chrono::microseconds duration{0};
    /// Of what it was heard: of all, or of stretches spread evenly over a long recording, between which
    /// peaks may be higher. Silences are looked for in the whole only.
    enum class Of { whole, stretches } of = Of::whole;
    std::optional<double> integrated_lufs;  ///< EBU R128; none where nothing is above -70 LUFS
    double range_lu = 0;                    ///< EBU Tech 3342
    double true_peak_dbtp = nothing_dbfs;   ///< ITU-R BS.1770
    Side left;
    Side right;
    double correlation = 0;                 ///< of the sides, -1 to 1; 0 where one is silent
    std::vector<Silence> silences;          ///< in order; the longest of very many
    bool damaged = false;                   ///< some of it could not be decoded
    friend bool operator==(const Heard&, const Heard&) = default;
};

/// One line of JSON.
std::string to_text(const Heard& heard);

/// Throws std::runtime_error where the text is none that `to_text` gives, or a value in it is out of
/// its range: who wrote it has touched hostile input.
Heard read_heard(std::string_view text);

} // namespace transcoder::sound
