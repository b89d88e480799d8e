#include "server/api/json_values.h"

namespace server::api {

using nlohmann::json;

json instant(catalog::time::UtcTime at) { return catalog::time::format_rfc3339(at); }

json instant(const std::optional<catalog::time::UtcTime>& at) {
    return at ? instant(*at) : json();
}

json window_json(const catalog::AvailabilityWindow& window) {
    return {{"opens_at", instant(window.opens)}, {"closes_at", instant(window.closes)}};
}

} // namespace server::api
