#include "catalog/session.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<SessionStatus>, 4> statuses{{
    {SessionStatus::tentative, "tentative"},
    {SessionStatus::scheduled, "scheduled"},
    {SessionStatus::held, "held"},
    {SessionStatus::cancelled, "cancelled"},
}};

constexpr std::array<NamedValue<SessionDate::Precision>, 4> precisions{{
    {SessionDate::Precision::minute, "minute"},
    {SessionDate::Precision::day, "day"},
    {SessionDate::Precision::range, "range"},
    {SessionDate::Precision::unknown, "unknown"},
}};

} // namespace

std::string_view to_text(SessionStatus status) {
    return name_of(statuses, status);
}

std::optional<SessionStatus> session_status_from_text(std::string_view text) {
    return value_named(statuses, text);
}

std::string_view to_text(SessionDate::Precision precision) {
    return name_of(precisions, precision);
}

std::optional<SessionDate::Precision> date_precision_from_text(std::string_view text) {
    return value_named(precisions, text);
}

} // namespace catalog
