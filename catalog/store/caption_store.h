#pragma once

#include "catalog/caption.h"
#include "catalog/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Captions of videos.
class CaptionStore {
  public:
    explicit CaptionStore(Connection& connection) : connection_(connection) {}

    /// Languages that a video has captions in, with their labels; the cues are left out.
    std::vector<CaptionTrack> tracks_of(const VideoId& video);
    struct Summary {
        std::string language;
        std::string label;
        std::int64_t cues;      ///< how many
        bool is_found = false;  ///< inside the recording
        friend bool operator==(const Summary&, const Summary&) = default;
    };
    std::vector<Summary> summaries_of(const VideoId& video);
    std::optional<CaptionTrack> find(const VideoId& video, const std::string& language);
    /// Adds it, or replaces that of the same video and language: put in by hand from then on. Cues that say
    /// something of what was withdrawn of the recording are left out, here and wherever cues are put.
    void put(const CaptionTrack& track);
    /// Likewise; but what was found inside the recording stays so.
    void replace_cues(const CaptionTrack& track);
    enum class Added { yes, no };
    /// Adds one that was found inside the recording, where there is none of that language.
    Added put_found(const CaptionTrack& track);
    /// Removes those that were found inside a recording and that nobody has changed since.
    void remove_found(const VideoId& video);
    /// Removes it with its cues. Refuses not_found.
    Result<void> remove(const VideoId& video, const std::string& language);

  private:
    Connection& connection_;
};

} // namespace catalog::store
