#pragma once

#include <string_view>

namespace server::http {

/// The status codes that are answered.
enum class Status : unsigned short {
    ok = 200,
    created = 201,
    accepted = 202,
    no_content = 204,
    partial_content = 206,
    found = 302,
    see_other = 303,
    not_modified = 304,
    bad_request = 400,
    unauthorized = 401,
    forbidden = 403,
    not_found = 404,
    method_not_allowed = 405,
    request_timeout = 408,
    conflict = 409,
    gone = 410,
    length_required = 411,
    precondition_failed = 412,
    content_too_large = 413,
    uri_too_long = 414,
    unsupported_media_type = 415,
    range_not_satisfiable = 416,
    expectation_failed = 417,
    misdirected_request = 421,
    locked = 423,
    too_many_requests = 429,
    fields_too_large = 431,
    checksum_mismatch = 460,  ///< tus
    failure = 500,
    not_implemented = 501,
    unavailable = 503,
    version_not_supported = 505,
    no_space = 507,
};

/// "200 OK"
std::string_view to_text(Status status);

} // namespace server::http
