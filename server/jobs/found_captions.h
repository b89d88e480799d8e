#pragma once

#include "catalog/caption.h"
#include "catalog/recording.h"

#include <filesystem>
#include <string>
#include <vector>

namespace catalog::store {
class Catalog;
}

namespace server::jobs {

/// Captions that came inside a source, in the recording's time.
struct FoundCaptions {
    struct Track {
        std::string language;  ///< BCP 47; "und" where nobody knows
        std::vector<catalog::Cue> cues;
        friend bool operator==(const Track&, const Track&) = default;
    };
    std::vector<Track> tracks;  ///< one a language
};

/// Reads a finished recording's folder (transcoder/README.md, The folder). Of several tracks in one
/// language the first is taken. One that does not say its language is taken for Japanese where kana
/// stand in it. What is broken is logged and left out.
FoundCaptions read_found_captions(const std::filesystem::path& recording);

/// Gives them to all videos that show the recording, each in its own time, in the place of those that
/// another recording brought. Captions that were put in by hand stay, in whatever language.
void put_found_captions(catalog::store::Catalog& catalog, const catalog::RecordingId& recording,
                        const FoundCaptions& found);

} // namespace server::jobs
