#include "catalog/availability_window.h"

namespace catalog {

AvailabilityWindow::State AvailabilityWindow::at(UtcTime now) const {
    if (opens && now < *opens) {
        return State::upcoming;
    }
    return closes && now >= *closes ? State::closed : State::open;
}

Result<AvailabilityWindow> make_window(std::optional<UtcTime> opens,
                                       std::optional<UtcTime> closes) {
    if (opens && closes && *closes <= *opens) {
        return refuse(Refusal::invalid, "公開の終わりは、始まりより後にしてください。");
    }
    return AvailabilityWindow{opens, closes};
}

Result<AvailabilityWindow> make_window(std::optional<time::Date> first_day,
                                       std::optional<time::Date> last_day, const time::Zone& zone) {
    std::optional<UtcTime> opens;
    std::optional<UtcTime> closes;
    if (first_day) {
        opens = zone.start_of_day(*first_day);
    }
    if (last_day) {
        closes = zone.start_of_day(std::chrono::sys_days(*last_day) + std::chrono::days(1));
    }
    return make_window(opens, closes);
}

} // namespace catalog
