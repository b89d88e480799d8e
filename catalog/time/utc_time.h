#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace catalog::time {

/// An instant. Everything stored, compared and sent is one of these; zones are for people.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Reads RFC 3339 with an offset ("2021-10-25T09:00:00+09:00", "...Z"; seconds and their fraction
/// may be missing). Nothing where the text is none.
std::optional<UtcTime> parse_rfc3339(std::string_view text);

/// RFC 3339 in UTC, to the second where the instant has no milliseconds: "2021-10-25T00:00:00Z".
std::string format_rfc3339(UtcTime instant);

/// The same with milliseconds always: "2021-10-25T00:00:00.000Z".
std::string format_rfc3339_with_milliseconds(UtcTime instant);

} // namespace catalog::time
