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
        std::int64_t cues;  ///< how many
        friend bool operator==(const Summary&, const Summary&) = default;
    };
    std::vector<Summary> summaries_of(const VideoId& video);
    std::optional<CaptionTrack> find(const VideoId& video, const std::string& language);
    /// Adds it, or replaces that of the same video and language.
    void put(const CaptionTrack& track);
    /// Removes it with its cues. Refuses not_found.
    Result<void> remove(const VideoId& video, const std::string& language);

  private:
    Connection& connection_;
};

} // namespace catalog::store
