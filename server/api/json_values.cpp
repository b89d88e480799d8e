#include "server/api/json_values.h"

#include <cmath>
#include <string_view>

namespace server::api {

using nlohmann::json;
using std::chrono::milliseconds;

json instant(catalog::time::UtcTime at) { return catalog::time::format_rfc3339(at); }

json instant(const std::optional<catalog::time::UtcTime>& at) {
    return at ? instant(*at) : json();
}

std::optional<milliseconds> time_in(const json& body, const char* name) {
    constexpr double longest_s = 7.0 * 24 * 3600;
    const auto found = body.find(name);
    if (found == body.end() || !found->is_number())
        return std::nullopt;
    const auto value = found->get<double>();
    if (!std::isfinite(value) || value < 0 || value > longest_s)
        return std::nullopt;
    return milliseconds(std::llround(value * 1000));
}

std::optional<int> count_in(const json& body, const char* name) {
    constexpr std::uint64_t most = 1'000'000;
    const auto found = body.find(name);
    if (found == body.end() || !found->is_number_unsigned())
        return std::nullopt;
    const auto value = found->get<std::uint64_t>();
    return value <= most ? std::optional(static_cast<int>(value)) : std::nullopt;
}

json window_json(const catalog::AvailabilityWindow& window) {
    return {{"opens_at", instant(window.opens)}, {"closes_at", instant(window.closes)}};
}

std::string text_in(const nlohmann::json& body, const char* name) {
    const auto found = body.find(name);
    if (found == body.end() || !found->is_string())
        return {};
    constexpr std::string_view blanks = " \t\r\n";
    const auto& text = found->get_ref<const std::string&>();
    const auto begin = text.find_first_not_of(blanks);
    return begin == std::string::npos
               ? std::string()
               : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

} // namespace server::api
