#pragma once

#include "server/http/head.h"

#include <boost/beast/http/basic_parser.hpp>

namespace server::http {

/// Beast's parser, writing a request's line and fields into a `Head` without a copy. It never sees
/// a byte of a body: Beast 1.81 bounds neither chunk extensions nor trailers.
class HeadParser final : public boost::beast::http::basic_parser<true> {
  public:
    explicit HeadParser(Head& head);

    enum class Read { whole, transfer_encoding, too_many_fields, unknown_method, unknown_version,
                      malformed };
    /// `bytes`: the head to its empty line. The views in the head point into it.
    Read read(std::string_view bytes);
    /// 11 is HTTP/1.1.
    int version() const { return version_; }

  private:
    using error_code = boost::beast::error_code;
    using string_view = boost::beast::string_view;
    using verb = boost::beast::http::verb;
    using beast_field = boost::beast::http::field;

    void on_request_impl(verb method, string_view method_text, string_view target, int version,
                         error_code& error) override;
    void on_field_impl(beast_field known, string_view name, string_view value,
                       error_code& error) override;
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view body, error_code&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override {
        return body.size();
    }
    void on_finish_impl(error_code&) override {}

    Head& head_;
    int version_ = 0;
    Read read_ = Read::malformed;
};

} // namespace server::http
