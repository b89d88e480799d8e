#include "server/http/status.h"

#include <cassert>

namespace server::http {

std::string_view to_text(Status status) {
    switch (status) {
    case Status::ok: return "200 OK";
    case Status::created: return "201 Created";
    case Status::accepted: return "202 Accepted";
    case Status::no_content: return "204 No Content";
    case Status::partial_content: return "206 Partial Content";
    case Status::found: return "302 Found";
    case Status::see_other: return "303 See Other";
    case Status::not_modified: return "304 Not Modified";
    case Status::bad_request: return "400 Bad Request";
    case Status::unauthorized: return "401 Unauthorized";
    case Status::forbidden: return "403 Forbidden";
    case Status::not_found: return "404 Not Found";
    case Status::method_not_allowed: return "405 Method Not Allowed";
    case Status::request_timeout: return "408 Request Timeout";
    case Status::conflict: return "409 Conflict";
    case Status::gone: return "410 Gone";
    case Status::length_required: return "411 Length Required";
    case Status::precondition_failed: return "412 Precondition Failed";
    case Status::content_too_large: return "413 Content Too Large";
    case Status::uri_too_long: return "414 URI Too Long";
    case Status::unsupported_media_type: return "415 Unsupported Media Type";
    case Status::range_not_satisfiable: return "416 Range Not Satisfiable";
    case Status::expectation_failed: return "417 Expectation Failed";
    case Status::misdirected_request: return "421 Misdirected Request";
    case Status::locked: return "423 Locked";
    case Status::too_many_requests: return "429 Too Many Requests";
    case Status::fields_too_large: return "431 Request Header Fields Too Large";
    case Status::checksum_mismatch: return "460 Checksum Mismatch";
    case Status::failure: return "500 Internal Server Error";
    case Status::not_implemented: return "501 Not Implemented";
    case Status::unavailable: return "503 Service Unavailable";
    case Status::version_not_supported: return "505 HTTP Version Not Supported";
    case Status::no_space: return "507 Insufficient Storage";
    }
    assert(false);
    return "500 Internal Server Error";
}

} // namespace server::http
