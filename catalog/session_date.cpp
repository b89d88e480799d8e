#include "catalog/session_date.h"

namespace catalog {

namespace {

using Precision = SessionDate::Precision;

Error wrong(std::string sentence) { return refuse(Refusal::invalid, std::move(sentence)); }

Precision precision_of(const SaidDate& said) {
    if (said.start) {
        return Precision::minute;
    }
    if (said.last_day) {
        return Precision::range;
    }
    return said.first_day ? Precision::day : Precision::unknown;
}

Result<void> check(const SaidDate& said) {
    if (said.last_day && !said.first_day) {
        return wrong("終わりの日だけでなく、日付も入れてください。");
    }
    if (said.last_day && *said.last_day <= *said.first_day) {
        return wrong("終わりの日は、日付より後にしてください。");
    }
    if (!said.reception && !said.start && !said.end) {
        return {};
    }
    if (!said.first_day) {
        return wrong("時刻だけでなく、日付も入れてください。");
    }
    if (said.last_day) {
        return wrong("何日かにわたる会合には、時刻を付けられません。");
    }
    if (!said.start) {
        return wrong("開始の時刻も入れてください。");
    }
    if ((said.end && *said.end <= *said.start) || (said.reception && *said.reception > *said.start)) {
        return wrong("受付、開始、終了の順になっていません。");
    }
    return {};
}

} // namespace

Result<SessionDate> session_date(const SaidDate& said, const time::Zone& zone) {
    if (const auto good = check(said); !good) {
        return good.error();
    }
    const auto at = [&](const std::optional<std::chrono::minutes>& time) {
        return time ? std::optional(zone.to_utc({*said.first_day, *time})) : std::nullopt;
    };
    return SessionDate{
        .precision = precision_of(said),
        .first_day = said.first_day,
        .last_day = said.last_day,
        .reception = at(said.reception),
        .start = at(said.start),
        .end = at(said.end),
        .label = said.label,
    };
}

SaidDate said_date(const SessionDate& when, const time::Zone& zone) {
    const auto time = [&zone](const std::optional<UtcTime>& at) {
        return at ? std::optional(std::chrono::floor<std::chrono::minutes>(zone.to_local(*at).time_of_day))
                  : std::nullopt;
    };
    return {
        .first_day = when.first_day,
        .last_day = when.precision == Precision::range ? when.last_day : std::nullopt,
        .reception = time(when.reception),
        .start = time(when.start),
        .end = time(when.end),
        .label = when.label,
    };
}

} // namespace catalog
