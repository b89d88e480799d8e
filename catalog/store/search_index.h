#pragma once

#include "catalog/caption.h"
#include "catalog/search/search_query.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace catalog::store {

class Connection;

/// A text that holds all of a query's words.
struct FoundText {
    enum class Kind { video, description, chapter, session, item, notice, material };
    Kind kind;
    std::string subject;  ///< an id: the video's (also of its chapters), session's (also of its items), …
    int place;            ///< a chapter's or an item's position, else 0
    std::string heading;
    std::string body;
};

/// A cue that holds all of a query's words.
struct FoundCue {
    std::int64_t track;   ///< number of a video's captions in one language
    int position;
};

/// A page of a handout that holds all of a query's words.
struct FoundPage {
    std::int64_t document;  ///< a number of its own
    int position;           ///< from 1 on
};

/// Everything that can be searched for, whoever may see it. `take` says whether to go on.
class SearchIndex {
  public:
    explicit SearchIndex(Connection& connection) : connection_(connection) {}

    /// The best first.
    void texts(const search::SearchQuery& query, const std::function<bool(const FoundText&)>& take);
    /// Those of the newest tracks first, a track's from its end.
    void cues(const search::SearchQuery& query, const std::function<bool(FoundCue)>& take);

    struct Track {
        VideoId video;
        std::string language;
    };
    std::optional<Track> track(std::int64_t number);
    /// Pages of handouts, the newest handout first, its pages from the last on.
    void pages(const search::SearchQuery& query, const std::function<bool(FoundPage)>& take);
    /// Whose pages have that number.
    std::optional<MaterialId> material(std::int64_t document);
    std::optional<Cue> cue(const Track& track, int position);

  private:
    Connection& connection_;
};

} // namespace catalog::store
