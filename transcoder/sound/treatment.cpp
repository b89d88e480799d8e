#include "transcoder/sound/treatment.h"

#include <algorithm>
#include <cmath>

namespace transcoder::sound {

namespace {

using Mending = Treatment::Mending;

/// A side so far below the other holds no more than what the cable picked up.
constexpr double dead_below_other_db = 40;
constexpr double opposite = -0.9;
constexpr double out_of_phase = -0.5;

Mending mending_for(const Heard& heard) {
    const double left_over_right = heard.left.level_dbfs - heard.right.level_dbfs;
    if (left_over_right > dead_below_other_db)
        return Mending::left_on_both;
    if (left_over_right < -dead_below_other_db)
        return Mending::right_on_both;
    return heard.correlation < opposite ? Mending::right_inverted : Mending::none;
}

/// The loudness once it is mended: one side on both is twice the power.
double mended_lufs(double heard_lufs, Mending mending) {
    const bool doubled = mending == Mending::left_on_both || mending == Mending::right_on_both;
    return doubled ? heard_lufs + 10 * std::log10(2.0) : heard_lufs;
}

/// What was not heard may reach full scale.
double highest_peak(const Heard& heard) {
    constexpr double full_scale_dbtp = 0;
    return heard.of == Heard::Of::whole ? heard.true_peak_dbtp
                                        : std::max(heard.true_peak_dbtp, full_scale_dbtp);
}

} // namespace

Treatment treatment_for(const Heard& heard) {
    Treatment treatment;
    if (!heard.integrated_lufs || *heard.integrated_lufs < quietest_lufs) {
        if (heard.true_peak_dbtp > highest_peak_dbtp)
            treatment.peaks = Treatment::Peaks::held;
        return treatment;
    }
    treatment.mending = mending_for(heard);
    const double loudness = mended_lufs(*heard.integrated_lufs, treatment.mending);
    const double missing = target_lufs - loudness;
    if (std::abs(missing) <= tolerance_lu && heard.true_peak_dbtp <= highest_peak_dbtp)
        return treatment;
    treatment.gain_hundredths_db =
        static_cast<int>(std::lround(std::min(missing, most_gain_db) * 100));
    if (highest_peak(heard) + treatment.gain_db() > held_peak_dbtp)
        treatment.peaks = Treatment::Peaks::held;
    return treatment;
}

std::string_view to_text(Mending mending) {
    switch (mending) {
    case Mending::none:
        return "none";
    case Mending::left_on_both:
        return "left_on_both";
    case Mending::right_on_both:
        return "right_on_both";
    case Mending::right_inverted:
        return "right_inverted";
    }
    return "none";
}

std::string_view reason(const Heard& heard, const Treatment& treatment) {
    if (!heard.integrated_lufs || *heard.integrated_lufs < quietest_lufs)
        return "silent";
    if (treatment.gain_db() >= most_gain_db)
        return "raised_as_far_as_it_may";
    if (treatment.gain_hundredths_db > 0)
        return "raised";
    return treatment.gain_hundredths_db < 0 ? "lowered" : "right";
}

bool is_out_of_phase(const Heard& heard) { return heard.correlation < out_of_phase; }

} // namespace transcoder::sound
