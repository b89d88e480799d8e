#pragma once

#include "catalog/admission.h"
#include "catalog/video.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// Videos with their cuts and chapters.
class VideoStore {
  public:
    explicit VideoStore(Connection& connection) : connection_(connection) {}

    /// By series, number, title.
    std::vector<Video> all();
    std::optional<Video> find(const VideoId& id);
    std::vector<Video> of_session(const SessionId& session);
    std::vector<Video> of_recording(const RecordingId& recording);
    /// What decides about it, inheritance resolved.
    std::optional<Offering> offering(const VideoId& id);
    /// Adds it, or replaces what has its id.
    void put(const Video& video);
    /// It shows all of it.
    void set_recording(const VideoId& id, const RecordingId& recording);
    /// Refuses not_found.
    Result<void> remove(const VideoId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
