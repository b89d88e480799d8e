#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace transcoder::withdraw {

/// What an H.264 track's `avcC` holds (ISO/IEC 14496-15, 5.3.3.1): whatever sets of parameters its pictures
/// refer to by their numbers.
struct AvcSets {
    int profile = 0;
    int compatibility = 0;
    int level = 0;                       ///< ten times its name
    int length_size = 4;                 ///< bytes before each unit
    std::vector<std::string> sequence;   ///< each a unit
    std::vector<std::string> picture;
    std::string extension;               ///< what stands behind them for high profiles

    /// Whether a set of either kind has that number.
    bool has(int number) const;
    friend bool operator==(const AvcSets&, const AvcSets&) = default;
};

/// Throws std::runtime_error where the bytes are no `avcC`.
AvcSets read_avc_sets(std::string_view configuration);
std::string to_text(const AvcSets& sets);

/// Units behind start codes, as encoders give them.
std::vector<std::string_view> units_behind_start_codes(std::string_view bytes);
/// The same bytes with each unit behind its length instead. Throws where one is too long for it.
std::string behind_lengths(std::string_view bytes, int length_size);

/// `to` with the sets that an encoder tells of itself (SPS and PPS behind start codes), where it has them not.
AvcSets with_sets_of(AvcSets to, std::string_view encoder);

/// The init section of one H.264 track with another `avcC`.
std::string with_configuration(std::string_view init, std::string_view configuration);

} // namespace transcoder::withdraw
