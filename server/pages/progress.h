#pragma once

#include "server/pages/library.h"

#include <map>

namespace server::pages {

/// How far who looks has watched the videos: of viewers who are signed in, by the same seconds that
/// the report counts.
class Progress {
  public:
    explicit Progress(const Library& library);

    /// Whether there is anything to say: who looks is signed in as a viewer.
    bool is_known() const { return is_known_; }
    /// Whether it was watched, as the report means it: at least 80 % of it.
    bool has_watched(const catalog::Video& video) const;
    /// In words: not watched, how much of it, or watched. Nothing where nothing is known.
    Data told(const catalog::Video& video) const;

  private:
    /// Seconds that were played of those that it shows, and how many it shows; nothing where none
    /// was, or nobody knows how long it is.
    struct Part {
        std::chrono::seconds played;
        std::chrono::seconds shown;
        bool is_watched;
    };
    std::optional<Part> part(const catalog::Video& video) const;

    const Library& library_;
    bool is_known_;
    std::map<catalog::VideoId, catalog::WatchedSeconds> watched_;
};

} // namespace server::pages
