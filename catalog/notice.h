#pragma once

#include "catalog/id.h"
#include "catalog/time/zone.h"

#include <string>
#include <vector>

namespace catalog {

/// News for viewers (What's New).
struct Notice {
    NoticeId id;
    time::Date date;
    std::string title;
    std::string body;
    std::vector<std::string> links;  ///< ids of sessions, videos, materials

    friend bool operator==(const Notice&, const Notice&) = default;
};

/// Whether a notice wears the NEW badge: on its day and the 13 after it, in the site's zone.
bool is_new(const Notice& notice, time::UtcTime now, const time::Zone& zone);

} // namespace catalog
