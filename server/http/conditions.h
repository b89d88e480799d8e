#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace server::http {

/// Whether Accept-Encoding takes gzip.
bool accepts_gzip(std::string_view accept_encoding);

/// Whether If-None-Match names `etag` (compared weakly, RFC 9110, 13.1.2) or is "*".
bool names_tag(std::string_view if_none_match, std::string_view etag);

struct Range {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

struct RangeWish {
    enum class Kind {
        none,           ///< no range, several, or none that can be read: answered as if not asked
        satisfiable,
        unsatisfiable,  ///< 416
    };
    Kind kind = Kind::none;
    Range range = {};
};

/// What a Range field asks of something of `size` bytes (RFC 9110, 14.1.2).
RangeWish read_range(std::string_view range_field, std::uint64_t size);

} // namespace server::http
