#pragma once

#include "catalog/audience.h"
#include "catalog/search/search_query.h"
#include "catalog/time/zone.h"

#include <chrono>
#include <string>
#include <vector>

namespace catalog::store {

class Catalog;

/// Something that was found, and where in it.
struct Finding {
    enum class Kind { video, session, notice, material };
    /// A second of a video: a chapter, or what is said there.
    struct Moment {
        std::chrono::milliseconds at;
        search::Passages words;
        friend bool operator==(const Moment&, const Moment&) = default;
    };
    /// A page of a handout, and what stands there.
    struct Page {
        int number;
        search::Passages words;
        friend bool operator==(const Page&, const Page&) = default;
    };
    Kind kind;
    std::string subject;          ///< its id
    search::Passages title;
    search::Passages text;        ///< empty: nothing beside title and moments
    std::vector<Moment> moments;  ///< the first few, in their order
    std::size_t more_moments = 0;
    std::vector<Page> pages = {}; ///< the first few, in their order
    std::size_t more_pages = 0;
};
std::string_view to_text(Finding::Kind kind);

struct Findings {
    std::vector<Finding> found;   ///< the best first; what only the words spoken in a video hold comes last
    bool has_more = false;
};

/// What holds all words of the query, of what `viewer` may see at `now`: titles, speakers, programmes,
/// news and names of handouts as the pages show them; descriptions, chapters and words spoken only
/// of videos that may be watched, and what stands on pages only of handouts that may be had. `today`: news of later days are left out.
Findings search(Catalog& catalog, const search::SearchQuery& query, const Viewer& viewer,
                time::UtcTime now, time::Date today);

} // namespace catalog::store
