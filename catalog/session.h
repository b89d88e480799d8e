#pragma once

#include "catalog/audience.h"
#include "catalog/availability_window.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// When a session takes place, as precisely as is known.
struct SessionDate {
    enum class Precision { minute, day, range, unknown };
    Precision precision = Precision::unknown;
    std::optional<time::Date> first_day;   ///< the day, or the first it may be on
    std::optional<time::Date> last_day;    ///< where it is a range
    std::optional<UtcTime> reception;      ///< where it is precise to the minute
    std::optional<UtcTime> start;
    std::optional<UtcTime> end;
    std::string label;                     ///< what people are told where it is not precise: 11〜12月頃

    friend bool operator==(const SessionDate&, const SessionDate&) = default;
};
std::string_view to_text(SessionDate::Precision precision);
std::optional<SessionDate::Precision> date_precision_from_text(std::string_view text);

enum class SessionStatus { tentative, scheduled, held, cancelled };
std::string_view to_text(SessionStatus status);
std::optional<SessionStatus> session_status_from_text(std::string_view text);

/// One point of a session's programme; becomes a chapter of its recording.
struct ProgrammeItem {
    ProgrammeItemId id;                  ///< may stand in several sessions: a shared block
    std::string kind;                    ///< lecture, presentation, dialogue, …
    std::string kind_label;              ///< 講演, 発表, 対話, …
    std::string title;
    std::string speaker;
    std::string note;
    std::vector<std::string> sub_items;

    friend bool operator==(const ProgrammeItem&, const ProgrammeItem&) = default;
};

struct Session {
    SessionId id;
    SeriesId series;
    std::string kind;                    ///< meeting, subcommittee, lecture, site_visit
    std::optional<int> number;           ///< 第N回
    std::string title;
    std::string description;
    SessionStatus status = SessionStatus::tentative;
    SessionDate when;
    std::string venue;
    std::string venue_address;
    std::vector<std::string> participation;  ///< venue, zoom, online, live, vod
    std::vector<ProgrammeItem> items;
    std::vector<SessionId> replaced_by;  ///< where cancelled
    std::string cancel_reason;

    friend bool operator==(const Session&, const Session&) = default;
};

} // namespace catalog
