#pragma once

#include "transcoder/plan/facts.h"
#include "transcoder/plan/grid.h"
#include "transcoder/plan/ladder.h"

#include <optional>
#include <string>
#include <vector>

namespace transcoder::plan {

/// The encoding of the sound.
struct SoundRung {
    std::string name = "a64";
    int bit_rate = 64'000;
    std::string language = "ja";
    /// Whether it is encoded, or the source's own packets handed on.
    enum class Made { encoded, passed } made = Made::encoded;
    friend bool operator==(const SoundRung&, const SoundRung&) = default;
};

/// What is made of a source, decided before the first frame. The same source and the same words
/// give the same plan.
struct Plan {
    SourceFacts source;
    Grid grid;
    std::vector<Rung> rungs;         ///< the thinnest first; empty where there is sound alone
    std::optional<SoundRung> sound;

    /// In the order of main.m3u8, sound last.
    std::vector<std::string> names() const;
    /// Frames of the grid that the header promises, where it does.
    std::optional<std::int64_t> promised_frames() const;
    /// Whether the source's own packets are the top rendition.
    bool picture_passes() const;
    /// The most frames a second that a rung shows, as FRAME-RATE says.
    FrameRate shown_rate(const Rung& rung) const;
    bool sound_passes() const;
    /// Whether the sound is encoded before the pictures: where the top rendition is there at once,
    /// it is all that a viewer waits for.
    bool sound_goes_first() const;
};

/// A picture that can be handed on is; a sound that can be is encoded unless the plan is told
/// otherwise (`Plan::sound`).
Plan make_plan(const SourceFacts& source, const std::string& language);

/// All that decides which bytes are made, as one line of JSON.
std::string to_text(const Plan& plan);

} // namespace transcoder::plan
