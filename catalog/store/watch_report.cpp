#include "catalog/store/watch_report.h"

#include "catalog/store/catalog.h"

#include <map>
#include <set>

namespace catalog::store {

namespace {

using std::chrono::seconds;

std::chrono::year year_of(time::UtcTime instant, const time::Zone& zone) {
    return time::fiscal_year_of(zone.to_local(instant).date);
}

std::optional<std::chrono::year> year_of(const Session& session) {
    return session.when.first_day ? std::optional(time::fiscal_year_of(*session.when.first_day))
                                  : std::nullopt;
}

/// Gathers a year's columns with their figures, then the rows of them.
class Gathering {
  public:
    Gathering(Catalog& catalog, std::chrono::year year, const time::Zone& zone)
        : catalog_(catalog), year_(year), zone_(zone), sessions_(catalog.sessions.all()),
          videos_(catalog.videos.all()) {}

    WatchReport report() {
        years_.insert(static_cast<int>(year_));
        for (const auto& session : sessions_) {
            add(session);
        }
        for (const auto& video : videos_) {
            if (!has_shown_session(video)) {
                add(video);
            }
        }
        WatchReport report{.year = static_cast<int>(year_),
                           .years = {years_.rbegin(), years_.rend()},
                           .columns = std::move(columns_),
                           .rows = {},
                           .totals = std::vector<Figures>(figures_.size()),
                           .total = {},
                           .absent = std::vector<int>(figures_.size()),
                           .absent_from_all = 0};
        add_rows(report);
        return report;
    }

  private:
    /// What is known of one column, by department; one without a name: of the municipality alone.
    using ByDepartment = std::map<Department, Figures>;

    bool has_shown_session(const Video& video) const {
        return std::ranges::any_of(sessions_, [&video](const Session& session) {
            return session.id == video.session && session.status != SessionStatus::cancelled &&
                   year_of(session).has_value();
        });
    }

    void add(const Session& session) {
        const auto held = year_of(session);
        if (!held || session.status == SessionStatus::cancelled) {
            return;
        }
        years_.insert(static_cast<int>(*held));
        if (held != year_) {
            return;
        }
        const auto& when = session.when;
        columns_.push_back(
            {.kind = std::nullopt,
             .id = session.id.text(),
             .title = session.title,
             .session = {},
             .when = when.label.empty() ? time::format_date(*when.first_day) : when.label,
             .length = std::nullopt});
        auto& figures = figures_.emplace_back();
        for (const auto& each : catalog_.watching.attendance(session.id)) {
            auto& of_department = figures[each.department];
            (each.way == WayToAttend::venue ? of_department.venue : of_department.zoom) +=
                each.count;
        }
        for (const auto& department : catalog_.watching.openers_of(session.id)) {
            ++figures[department].openers;
        }
        for (const auto& video : videos_) {
            if (video.session == session.id) {
                add_shown(video);
            }
        }
    }

    /// One of no session that tells the year.
    void add(const Video& video) {
        const auto shown = year_of(video);
        if (shown && video.published) {
            years_.insert(static_cast<int>(*shown));
        }
        if (shown == year_) {
            add_shown(video);
        }
    }

    std::optional<std::chrono::year> year_of(const Video& video) {
        if (const auto offering = catalog_.videos.offering(video.id);
            offering && offering->window.opens) {
            return store::year_of(*offering->window.opens, zone_);
        }
        if (video.live && video.live->start) {
            return store::year_of(*video.live->start, zone_);
        }
        const auto recording = recording_of(video);
        return recording ? std::optional(store::year_of(recording->received, zone_)) : std::nullopt;
    }

    static std::optional<std::chrono::year> year_of(const Session& session) {
        return store::year_of(session);
    }

    std::optional<Recording> recording_of(const Video& video) {
        return video.recording ? catalog_.recordings.find(*video.recording) : std::nullopt;
    }

    /// A draft that nobody has seen is not reported on.
    void add_shown(const Video& video) {
        const auto watchers = catalog_.watching.of_video(video.id);
        if (!video.published && watchers.empty()) {
            return;
        }
        const auto shown = shown_of(video, recording_of(video));
        columns_.push_back({.kind = video.kind,
                            .id = video.id.text(),
                            .title = video.title,
                            .session = video.session,
                            .when = {},
                            .length = shown ? std::optional(seconds_of(*shown)) : std::nullopt});
        auto& figures = figures_.emplace_back();
        for (const auto& watcher : watchers) {
            figures[watcher.department] += figures_of(watcher, shown);
        }
        for (const auto& department : catalog_.watching.openers_of(video.id)) {
            ++figures[department].openers;
        }
    }

    static Figures figures_of(const WatchStore::Watcher& watcher, const std::optional<std::vector<Span>>& shown) {
        const auto count = [&shown](const WatchedSeconds& watched) {
            return shown ? watched.count_in(*shown) : watched.count();
        };
        const auto live = count(watcher.live);
        const auto recorded = count(watcher.recorded);
        auto both = watcher.live;
        both.unite(watcher.recorded);
        const bool has_watched = recorded > seconds(0) && shown && is_watched(both, *shown);
        return {.live = live > seconds(0) ? std::optional(watcher.people) : std::nullopt,
                .watched_people = has_watched ? watcher.people : 0,
                .viewers = live + recorded > seconds(0) ? 1 : 0,
                .seconds = recorded.count(),
                .live_seconds = live.count()};
    }

    std::set<Department> departments() {
        const auto counted = catalog_.watching.departments();
        std::set<Department> known(counted.begin(), counted.end());
        for (const auto& account : catalog_.accounts.all()) {
            if (account.role == Role::viewer && account.department) {
                known.insert(*account.department);
            }
        }
        for (const auto& registration : catalog_.municipalities.registrations()) {
            known.insert(registration.department);
        }
        return known;
    }

    void add_rows(WatchReport& report) {
        const auto known = departments();
        for (const auto& municipality : catalog_.municipalities.all()) {
            auto whole = row_of(report, municipality, "");
            std::vector<ReportRow> parts;
            for (const auto& department : known) {
                if (department.municipality == municipality.code) {
                    parts.push_back(row_of(report, municipality, department.name));
                    add(whole, parts.back());
                }
            }
            for (std::size_t at = 0; at < whole.cells.size(); ++at) {
                report.totals[at] += whole.cells[at];
                report.absent[at] += whole.cells[at].is_nothing() ? 1 : 0;
            }
            report.total += whole.total;
            report.absent_from_all += whole.total.is_nothing() ? 1 : 0;
            report.rows.push_back(std::move(whole));
            std::ranges::move(parts, std::back_inserter(report.rows));
        }
    }

    static void add(ReportRow& whole, const ReportRow& part) {
        for (std::size_t at = 0; at < whole.cells.size(); ++at) {
            whole.cells[at] += part.cells[at];
        }
        whole.total += part.total;
    }

    /// A row of what is known of exactly this department.
    ReportRow row_of(const WatchReport& report, const Municipality& municipality,
                     const std::string& department) const {
        ReportRow row{municipality, department, {}, {}};
        for (std::size_t at = 0; at < figures_.size(); ++at) {
            const auto found = figures_[at].find(Department{municipality.code, department});
            auto cell = found == figures_[at].end() ? Figures() : found->second;
            // Of what was streamed nobody is said to have watched, elsewhere nothing is said.
            if (report.columns[at].kind == Video::Kind::live) {
                cell.live = cell.live.value_or(0);
            }
            row.total += cell;
            row.cells.push_back(cell);
        }
        return row;
    }

    Catalog& catalog_;
    std::chrono::year year_;
    const time::Zone& zone_;
    std::vector<Session> sessions_;
    std::vector<Video> videos_;
    std::set<int> years_;
    std::vector<ReportColumn> columns_;
    std::vector<ByDepartment> figures_;  ///< one a column
};

} // namespace

Figures& Figures::operator+=(const Figures& other) {
    venue += other.venue;
    zoom += other.zoom;
    if (other.live) {
        live = live.value_or(0) + *other.live;
    }
    watched_people += other.watched_people;
    viewers += other.viewers;
    seconds += other.seconds;
    live_seconds += other.live_seconds;
    openers += other.openers;
    return *this;
}

bool Figures::is_nothing() const {
    return venue == 0 && zoom == 0 && viewers == 0 && openers == 0;
}

WatchReport report_of_year(Catalog& catalog, std::chrono::year year, const time::Zone& zone) {
    return catalog.transaction([&] { return Gathering(catalog, year, zone).report(); });
}

} // namespace catalog::store
