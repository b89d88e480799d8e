#pragma once

#include "transcoder/sound/heard.h"

#include <string_view>

namespace transcoder::sound {

/// Every recording is made as loud as this.
inline constexpr double target_lufs = -16;
/// What lies no further from the target, and has no higher peak than `highest_peak_dbtp`, is right.
inline constexpr double tolerance_lu = 1;
inline constexpr double highest_peak_dbtp = -1;
/// To where peaks are held: the encoder that follows gives some of them back.
inline constexpr double held_peak_dbtp = -1.5;
/// More than this raises the noise of the room, not the speaker.
inline constexpr double most_gain_db = 20;
/// A recording below this is taken for silent.
inline constexpr double quietest_lufs = -60;

/// What is done to a recording's sound, the same from its beginning to its end.
struct Treatment {
    int gain_hundredths_db = 0;  ///< whole numbers, so that its text says it exactly
    /// `held`: what would be higher than `held_peak_dbtp` is turned down for that moment.
    enum class Peaks { as_they_are, held } peaks = Peaks::as_they_are;
    /// A side without sound gets the other's. Where the sides are each other's opposite, the right one is
    /// turned over: heard on one loudspeaker they would take each other out.
    enum class Mending { none, left_on_both, right_on_both, right_inverted } mending =
        Mending::none;

    double gain_db() const { return gain_hundredths_db / 100.0; }
    bool changes_nothing() const { return *this == Treatment{}; }
    friend bool operator==(const Treatment&, const Treatment&) = default;
};

Treatment treatment_for(const Heard& heard);

/// Whether the sound, as it is, needs no treatment: it may pass untouched.
inline bool is_right(const Heard& heard) { return treatment_for(heard).changes_nothing(); }

/// As the report names it: "left_on_both".
std::string_view to_text(Treatment::Mending mending);

/// Why the gain is what it is, as the report names it: "silent", "right", "raised", "lowered",
/// "raised_as_far_as_it_may".
std::string_view reason(const Heard& heard, const Treatment& treatment);

/// Whether the sides take each other out so far that a listener with one loudspeaker would notice.
bool is_out_of_phase(const Heard& heard);

} // namespace transcoder::sound
