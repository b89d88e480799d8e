#pragma once

#include "catalog/caption.h"

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
    std::optional<CaptionTrack> find(const VideoId& video, const std::string& language);
    /// Adds it, or replaces that of the same video and language.
    void put(const CaptionTrack& track);

  private:
    Connection& connection_;
};

} // namespace catalog::store
