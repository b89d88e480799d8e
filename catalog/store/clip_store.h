#pragma once

#include "catalog/clip.h"
#include "catalog/id.h"

namespace catalog::store {

class Connection;

/// What videos show of their recordings.
class ClipStore {
  public:
    explicit ClipStore(Connection& connection) : connection_(connection) {}

    /// `video` shows `wish` of its recording from now on. Its chapters, captions, questions and places
    /// stay where they are in the recording: what it does not show is kept aside, and comes back with a
    /// wish that shows it. Throws where there is no such video.
    void set(const VideoId& video, const ClipWish& wish);

    /// A draft named `title` that shows the same as `video`, with its chapters and captions, those that
    /// are kept aside included. Throws where there is no such video.
    void copy(const VideoId& video, const VideoId& to, const std::string& title);

  private:
    Connection& connection_;
};

} // namespace catalog::store
