#include "catalog/window_change.h"

#include <algorithm>

namespace catalog {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

enum class Side { opens, closes };

/// Works out one end of one window.
class EndOf {
  public:
    EndOf(const WindowOwner& owner, Side side, UtcTime now, const time::Zone& zone)
        : owner_(owner), side_(side), now_(now), zone_(zone) {}

    using End = Result<std::optional<UtcTime>>;

    End operator()(const KeptEnd&) const {
        const auto& effective = owner_.effective();
        return side_ == Side::opens ? effective.opens : effective.closes;
    }
    End operator()(const NoEnd&) const { return std::optional<UtcTime>(); }
    End operator()(const EndOnDay& end) const { return on(end.day, end.time_of_day); }
    End operator()(const EndBySession& end) const {
        if (!owner_.session_day) {
            return refuse(Refusal::invalid,
                          "会合の日が決まっていないか、会合に属していないので、期間を計算できません。");
        }
        return on(sys_days(*owner_.session_day) + days(end.days), end.time_of_day);
    }
    End operator()(const EndOfFiscalYear&) const {
        const auto year = time::fiscal_year_of(zone_.to_local(now_).date);
        return on((year + std::chrono::years(1)) / std::chrono::March / 31, std::nullopt);
    }

  private:
    End on(time::Date day, std::optional<minutes> time_of_day) const {
        const auto whole_day = side_ == Side::opens ? minutes(0) : minutes(days(1));
        const minutes local = time_of_day.value_or(whole_day);
        // The day's end is the next one's start, however long the day is.
        return local == days(1) ? std::optional(zone_.start_of_day(sys_days(day) + days(1)))
                                : std::optional(zone_.to_utc({day, local}));
    }

    const WindowOwner& owner_;
    Side side_;
    UtcTime now_;
    const time::Zone& zone_;
};

} // namespace

Result<std::optional<AvailabilityWindow>> changed(const WindowOwner& owner, const WindowChange& change,
                                                  UtcTime now, const time::Zone& zone) {
    switch (change.of) {
    case WindowChange::Of::nothing:
        return owner.window;
    case WindowChange::Of::own_window:
        return std::optional<AvailabilityWindow>();
    case WindowChange::Of::ends:
        break;
    }
    if (std::holds_alternative<KeptEnd>(change.opens) &&
        std::holds_alternative<KeptEnd>(change.closes)) {
        return owner.window;
    }
    const auto opens = std::visit(EndOf(owner, Side::opens, now, zone), change.opens);
    if (!opens) {
        return opens.error();
    }
    const auto closes = std::visit(EndOf(owner, Side::closes, now, zone), change.closes);
    if (!closes) {
        return closes.error();
    }
    const auto window = make_window(*opens, *closes);
    if (!window) {
        return window.error();
    }
    return std::optional(*window);
}

std::optional<time::Date> last_day_of(const AvailabilityWindow& window, const time::Zone& zone) {
    if (!window.closes) {
        return std::nullopt;
    }
    return zone.to_local(*window.closes - std::chrono::milliseconds(1)).date;
}

bool reaches_beyond(const AvailabilityWindow& inner, const AvailabilityWindow& outer) {
    const bool before = outer.opens && (!inner.opens || *inner.opens < *outer.opens);
    const bool after = outer.closes && (!inner.closes || *inner.closes > *outer.closes);
    return before || after;
}

} // namespace catalog
