#include "catalog/store/search.h"

#include "catalog/named_values.h"
#include "catalog/store/catalog.h"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>

namespace catalog::store {

namespace {

using search::SearchQuery;
using std::chrono::milliseconds;

constexpr std::size_t most_found = 40;   ///< by titles and texts
constexpr std::size_t most_spoken = 20;  ///< videos beside them
constexpr std::size_t most_written = 20; ///< handouts beside them, by their pages
constexpr std::size_t most_moments = 3;  ///< told of a video, pages of a handout
constexpr std::size_t letters_around = 40;

constexpr std::array<NamedValue<Finding::Kind>, 4> kinds{{
    {Finding::Kind::video, "video"},
    {Finding::Kind::session, "session"},
    {Finding::Kind::notice, "notice"},
    {Finding::Kind::material, "material"},
}};

Finding::Kind kind_of(FoundText::Kind kind) {
    switch (kind) {
    case FoundText::Kind::video:
    case FoundText::Kind::description:
    case FoundText::Kind::chapter:
        return Finding::Kind::video;
    case FoundText::Kind::session:
    case FoundText::Kind::item:
        return Finding::Kind::session;
    case FoundText::Kind::notice:
        return Finding::Kind::notice;
    case FoundText::Kind::material:
        break;
    }
    return Finding::Kind::material;
}

/// One search: what was found so far, and what the viewer may see.
class Search {
  public:
    Search(Catalog& catalog, const SearchQuery& query, const Viewer& viewer, time::UtcTime now,
           time::Date today)
        : catalog_(catalog), query_(query), viewer_(viewer), now_(now), today_(today) {}

    Findings run() {
        catalog_.search_index.texts(query_, [this](const FoundText& text) { return take(text); });
        catalog_.search_index.cues(query_, [this](FoundCue cue) { return take(cue); });
        catalog_.search_index.pages(query_, [this](FoundPage page) { return take(page); });
        add_spoken();
        add_written();
        for (Finding& finding : findings_.found) {
            put_in_order(finding);
        }
        return std::move(findings_);
    }

  private:
    /// What the viewer may see of a video.
    struct Standing {
        bool is_listed = false;
        bool is_watched = false;
    };

    Standing standing(const VideoId& video) {
        const auto known = standings_.find(video.text());
        if (known != standings_.end()) {
            return known->second;
        }
        const auto offering = catalog_.videos.offering(video);
        Standing standing;
        standing.is_listed = offering && offering->published;
        standing.is_watched = offering && admit(*offering, viewer_, now_).has_value();
        return standings_.emplace(video.text(), standing).first->second;
    }

    bool may_see(const FoundText& text) {
        switch (text.kind) {
        case FoundText::Kind::video:
            return standing(VideoId(text.subject)).is_listed;
        case FoundText::Kind::description:
        case FoundText::Kind::chapter:
            return standing(VideoId(text.subject)).is_watched;
        case FoundText::Kind::session:
        case FoundText::Kind::item:
            return true;
        case FoundText::Kind::notice: {
            const auto notice = catalog_.notices.find(NoticeId(text.subject));
            return notice && notice->date <= today_;
        }
        case FoundText::Kind::material:
            break;
        }
        // A handout lies on the page of its session, or of its video where that has one.
        const auto material = catalog_.materials.find(MaterialId(text.subject));
        return material && material->published &&
               (material->video.empty() || standing(material->video).is_listed);
    }

    bool take(const FoundText& text) {
        if (!may_see(text)) {
            return true;
        }
        const auto kind = kind_of(text.kind);
        if (findings_.found.size() == most_found && !is_found(kind, text.subject)) {
            findings_.has_more = true;
            return false;
        }
        Finding& finding = found(kind, text.subject);
        switch (text.kind) {
        case FoundText::Kind::chapter:
            add_chapter(finding, text);
            break;
        case FoundText::Kind::item:
            // Title and speaker of the item: the session's own title stands above.
            put_text(finding, text.heading + "\n" + text.body);
            break;
        default:
            put_text(finding, text.body);
        }
        return true;
    }

    bool is_found(Finding::Kind kind, const std::string& subject) const {
        return places_.contains({kind, subject});
    }

    Finding& found(Finding::Kind kind, const std::string& subject) {
        const auto [at, is_new] =
            places_.emplace(std::pair(kind, subject), findings_.found.size());
        if (is_new) {
            Finding finding{kind, subject, search::marked(title_of(kind, subject), query_), {}, {}};
            findings_.found.push_back(std::move(finding));
        }
        return findings_.found[at->second];
    }

    std::string title_of(Finding::Kind kind, const std::string& subject) {
        switch (kind) {
        case Finding::Kind::video: {
            const auto video = catalog_.videos.find(VideoId(subject));
            return video ? video->title : std::string();
        }
        case Finding::Kind::session: {
            const auto session = catalog_.sessions.find(SessionId(subject));
            return session ? session->title : std::string();
        }
        case Finding::Kind::notice: {
            const auto notice = catalog_.notices.find(NoticeId(subject));
            return notice ? notice->title : std::string();
        }
        case Finding::Kind::material:
            break;
        }
        const auto material = catalog_.materials.find(MaterialId(subject));
        return material ? material->title : std::string();
    }

    /// The first text with a hit stays.
    void put_text(Finding& finding, const std::string& text) {
        if (!search::has_hit(finding.text)) {
            auto passages = search::marked(text, query_, letters_around);
            finding.text = search::has_hit(passages) ? std::move(passages) : search::Passages();
        }
    }

    void add_chapter(Finding& finding, const FoundText& text) {
        const auto video = catalog_.videos.find(VideoId(text.subject));
        const auto place = static_cast<std::size_t>(text.place);
        if (video && place < video->chapters.size()) {
            finding.moments.push_back({video->chapters[place].at, search::marked(text.heading, query_)});
        }
    }

    /// What is said in the tracks that were come to, the newest first.
    struct Spoken {
        SearchIndex::Track track;
        std::deque<int> first;  ///< positions of the first few cues
        std::size_t count = 0;
    };

    /// What stands in the handouts that were come to, the newest first.
    struct Written {
        MaterialId material;
        std::deque<int> first;  ///< positions of the first few pages
        std::size_t count = 0;
    };

    /// Positions come from the last on.
    static void keep_first(auto& kept, int position) {
        kept.first.push_front(position);
        if (kept.first.size() > most_moments) {
            kept.first.pop_back();
        }
        ++kept.count;
    }

    /// The captions with that number; null where the viewer may not watch their video.
    const SearchIndex::Track* track(std::int64_t number) {
        const auto known = tracks_.find(number);
        if (known != tracks_.end()) {
            return known->second ? &*known->second : nullptr;
        }
        auto track = catalog_.search_index.track(number);
        if (track && !standing(track->video).is_watched) {
            track.reset();
        }
        const auto& kept = tracks_.emplace(number, std::move(track)).first->second;
        return kept ? &*kept : nullptr;
    }

    bool take(FoundCue cue) {
        const auto* track = this->track(cue.track);
        if (track == nullptr) {
            return true;
        }
        if (cue.track != last_track_) {
            if (spoken_.size() == most_spoken) {
                findings_.has_more = true;
                return false;
            }
            last_track_ = cue.track;
            spoken_.push_back({*track, {}, 0});
        }
        keep_first(spoken_.back(), cue.position);
        return true;
    }

    void add_spoken() {
        for (const Spoken& spoken : spoken_) {
            Finding& finding = found(Finding::Kind::video, spoken.track.video.text());
            for (const int position : spoken.first) {
                if (const auto cue = catalog_.search_index.cue(spoken.track, position)) {
                    finding.moments.push_back(
                        {cue->start, search::marked(cue->text, query_, letters_around)});
                }
            }
            finding.more_moments += spoken.count - spoken.first.size();
        }
    }

    /// The handout with those pages; empty where the viewer may not have it.
    const MaterialId& handout(std::int64_t document) {
        const auto known = handouts_.find(document);
        if (known != handouts_.end()) {
            return known->second;
        }
        auto material = catalog_.search_index.material(document).value_or(MaterialId());
        const auto offering = catalog_.materials.offering(material);
        if (!offering || !admit(*offering, viewer_, now_)) {
            material = MaterialId();
        }
        return handouts_.emplace(document, std::move(material)).first->second;
    }

    bool take(FoundPage page) {
        const auto& material = handout(page.document);
        if (material.empty()) {
            return true;
        }
        if (written_.empty() || written_.back().material != material) {
            if (written_.size() == most_written) {
                findings_.has_more = true;
                return false;
            }
            written_.push_back({material, {}, 0});
        }
        keep_first(written_.back(), page.position);
        return true;
    }

    void add_written() {
        for (const Written& written : written_) {
            Finding& finding = found(Finding::Kind::material, written.material.text());
            for (const int position : written.first) {
                if (const auto page = catalog_.documents.page(written.material, position)) {
                    finding.pages.push_back({position, search::marked(page->text, query_, letters_around)});
                }
            }
            finding.more_pages = written.count - written.first.size();
        }
    }

    static void put_in_order(Finding& finding) {
        std::ranges::stable_sort(finding.moments, {}, &Finding::Moment::at);
        const std::size_t kept = std::min(finding.moments.size(), 2 * most_moments);
        finding.more_moments += finding.moments.size() - kept;
        finding.moments.resize(kept);
    }

    Catalog& catalog_;
    const SearchQuery& query_;
    const Viewer& viewer_;
    time::UtcTime now_;
    time::Date today_;
    Findings findings_;
    std::map<std::pair<Finding::Kind, std::string>, std::size_t> places_;  ///< in `found`
    std::map<std::string, Standing, std::less<>> standings_;               ///< by video
    std::map<std::int64_t, std::optional<SearchIndex::Track>> tracks_;     ///< by number
    std::vector<Spoken> spoken_;
    std::int64_t last_track_ = 0;
    std::map<std::int64_t, MaterialId> handouts_;                          ///< by document
    std::vector<Written> written_;
};

} // namespace

std::string_view to_text(Finding::Kind kind) {
    return name_of(kinds, kind);
}

Findings search(Catalog& catalog, const SearchQuery& query, const Viewer& viewer, time::UtcTime now,
                time::Date today) {
    // All of it is of one moment, and the file is taken once, not for each of thousands of rows.
    return catalog.transaction([&] { return Search(catalog, query, viewer, now, today).run(); });
}

} // namespace catalog::store
