#pragma once

#include "transcoder/plan/facts.h"
#include "transcoder/plan/grid.h"
#include "transcoder/plan/ladder.h"
#include "transcoder/plan/wishes.h"
#include "transcoder/sound/treatment.h"

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
    sound::Treatment treatment;   ///< by what was heard; nothing before that
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
    /// Why they do not pass, in a term (`Passing`); empty where they do.
    std::string why_picture_is_encoded() const;
    std::string why_sound_is_encoded() const;
    /// Whether the sound is encoded before the pictures: where the top rendition is there at once,
    /// it is all that a viewer waits for.
    bool sound_goes_first() const;
};

/// A picture that can be handed on is, where it is the top of the ladder and segments of the usual
/// length are wanted: its own packets are cut where it has key frames. Sound is encoded until it was
/// heard (`treat`).
Plan make_plan(const SourceFacts& source, const Wishes& wishes);

/// Decides upon the sound by what was heard: it is handed on where it can be and is right as it is,
/// else treated.
void treat(Plan& plan, const sound::Heard& heard);

/// All that decides which bytes are made, as one line of JSON.
std::string to_text(const Plan& plan);

} // namespace transcoder::plan
