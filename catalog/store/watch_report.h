#pragma once

#include "catalog/municipality.h"
#include "catalog/session.h"
#include "catalog/store/watch_store.h"
#include "catalog/time/zone.h"
#include "catalog/video.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Catalog;

/// Who took part, in one session or one video.
struct Figures {
    int venue = 0;                ///< people at the venue
    int zoom = 0;                 ///< people in the meeting by Zoom
    /// People who watched a second at least while it was streamed; nothing where it was not.
    std::optional<int> live = std::nullopt;
    /// People who watched the recording, and at least 80 % of it together with what they saw live.
    int watched_people = 0;
    int viewers = 0;              ///< accounts that watched at least a second, live or recorded
    std::int64_t seconds = 0;     ///< of the recording that were watched, each account's once
    std::int64_t live_seconds = 0;  ///< the same of what was watched while it was streamed
    int openers = 0;              ///< accounts that opened a handout of it

    Figures& operator+=(const Figures& other);
    /// Whether nobody took part in any way.
    bool is_nothing() const;
    friend bool operator==(const Figures&, const Figures&) = default;
};

/// What took place or was shown in a year.
struct ReportColumn {
    std::optional<Video::Kind> kind;  ///< nothing: a session
    std::string id;
    std::string title;
    SessionId session;                ///< of a video; empty where it belongs to none
    std::string when;                 ///< a session's day, or what people are told of it
    std::optional<std::chrono::seconds> length;  ///< of a video, where it is known

    friend bool operator==(const ReportColumn&, const ReportColumn&) = default;
};

/// A municipality, or a department of it: `department` is empty for the whole.
struct ReportRow {
    Municipality municipality;
    std::string department;
    std::vector<Figures> cells;  ///< one a column
    Figures total;               ///< of the cells: who watched two videos counts twice
};

struct WatchReport {
    int year = 0;
    std::vector<int> years;      ///< for which there is something to report, the latest first
    std::vector<ReportColumn> columns;
    std::vector<ReportRow> rows; ///< all municipalities, each followed by its departments
    std::vector<Figures> totals; ///< one a column
    Figures total;
    std::vector<int> absent;     ///< municipalities of which nobody took part, one a column
    int absent_from_all = 0;     ///< those of which nobody took part in anything
};

/// Who took part in a fiscal year. A video belongs to the year of its session, else of the day on
/// which it opened, was streamed, or came in. Reads in one transaction.
WatchReport report_of_year(Catalog& catalog, std::chrono::year year, const time::Zone& zone);

} // namespace catalog::store
