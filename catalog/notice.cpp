#include "catalog/notice.h"

namespace catalog {

bool is_new(const Notice& notice, time::UtcTime now, const time::Zone& zone) {
    constexpr std::chrono::days badge{14};
    const auto first = std::chrono::sys_days(notice.date);
    const auto today = std::chrono::sys_days(zone.to_local(now).date);
    return first <= today && today < first + badge;
}

} // namespace catalog
