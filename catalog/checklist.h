#pragma once

#include "catalog/availability_window.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace catalog {

/// What is known of a video before it is published.
struct PublishingFacts {
    enum class Recording {
        none,
        planned,   ///< a stream that has not begun: there is nothing of it to look at yet
        unfinished,
        finished,
    };
    struct Sound {
        bool silent = false;
        std::optional<double> lufs;  ///< as it is heard by viewers; nothing where it was not measured
    };
    Recording recording = Recording::none;
    std::optional<Sound> sound;      ///< of a finished recording; nothing where there is none
    std::size_t caption_cues = 0;
    AvailabilityWindow window;
    std::size_t chapters = 0;
    bool has_thumbnail = false;
    std::size_t materials = 0;       ///< those that are published
    std::size_t without_file = 0;    ///< of them
};

/// Something that is looked at before a video is published.
struct Check {
    enum class Subject { sound, captions, window, chapters, thumbnail, materials };
    enum class Finding {
        good,
        missing,
        too_quiet,     ///< of sound
        silent,
        not_measured,
        not_finished,  ///< of what the transcoder makes
        over,          ///< of a window
        without_file,  ///< of materials: of some
    };
    Subject subject;
    Finding finding;

    bool passes() const { return finding == Finding::good; }
    friend bool operator==(const Check&, const Check&) = default;
};

/// Sound that is quieter is hard to follow on an office's loudspeaker; what is made aims at -16.
inline constexpr double quietest_lufs = -24;

/// In the order in which they are told. Of a stream that has not begun only what can be known.
std::vector<Check> checklist(const PublishingFacts& facts, UtcTime now);

std::string_view to_text(Check::Subject subject);  ///< "sound"
std::string_view to_text(Check::Finding finding);  ///< "too_quiet"
/// 音声: for sentences.
std::string_view in_words(Check::Subject subject);

} // namespace catalog
