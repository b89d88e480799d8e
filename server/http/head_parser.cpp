#include "server/http/head_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

namespace server::http {

namespace beast_http = boost::beast::http;

namespace {

std::optional<Method> method_of(beast_http::verb verb) {
    switch (verb) {
    case beast_http::verb::get: return Method::get;
    case beast_http::verb::head: return Method::head;
    case beast_http::verb::post: return Method::post;
    case beast_http::verb::put: return Method::put;
    case beast_http::verb::patch: return Method::patch;
    case beast_http::verb::delete_: return Method::remove;
    case beast_http::verb::options: return Method::options;
    default: return std::nullopt;
    }
}

std::string_view view_of(boost::beast::string_view text) { return {text.data(), text.size()}; }

} // namespace

HeadParser::HeadParser(Head& head) : head_(head) {
    head_.content_length.reset();
    head_.expects_continue = false;
    head_.field_count = 0;
    // What a body may measure is the route's to say.
    body_limit(boost::none);
    header_limit(64 * 1024);
    eager(false);
}

HeadParser::Read HeadParser::read(std::string_view bytes) {
    error_code error;
    put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error == beast_http::error::bad_transfer_encoding) {
        return Read::transfer_encoding;
    }
    if (error == beast_http::error::bad_version) {
        return Read::unknown_version;
    }
    if (error) {
        return read_;
    }
    if (!is_header_done()) {
        return Read::malformed;
    }
    head_.keeps_alive = keep_alive();
    return Read::whole;
}

void HeadParser::on_request_impl(verb method, string_view, string_view target, int version,
                                 error_code& error) {
    const auto known = method_of(method);
    if (!known) {
        read_ = Read::unknown_method;
        error = beast_http::error::bad_method;
        return;
    }
    head_.method = *known;
    head_.target = view_of(target);
    version_ = version;
}

void HeadParser::on_field_impl(beast_field known, string_view name, string_view value,
                               error_code& error) {
    if (known == beast_field::transfer_encoding) {
        error = beast_http::error::bad_transfer_encoding;
        return;
    }
    if (head_.field_count == Head::most_fields) {
        read_ = Read::too_many_fields;
        error = beast_http::error::header_limit;
        return;
    }
    head_.all_fields[head_.field_count++] = {view_of(name), view_of(value)};
}

} // namespace server::http
