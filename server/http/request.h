#pragma once

#include "server/http/body_reader.h"
#include "server/http/head.h"
#include "server/http/target.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace server::http {

/// A request, read and decoded once: owns all it holds. Names of fields in any case.
class Request {
  public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    explicit Request(const Head& head);
    /// `target` in origin form: "/api/videos/lec-01?x=1".
    Request(Method method, std::string target, Fields fields = {}, std::string body = {});

    Method method() const { return method_; }
    /// As sent, with its query.
    const std::string& target() const { return target_; }
    /// Percent-decoded, without the query.
    const std::string& path() const { return path_; }
    /// The decoded path between its slashes: "/a/b" is {"a", "b"}, "/" is {}, "/a/" is {"a", ""}.
    const std::vector<std::string>& segments() const { return segments_; }

    /// What the route's pattern holds as `{name}`; empty where it has none of that name.
    std::string_view parameter(std::string_view name) const;
    /// The first value of that name in the query, decoded ('+' is a space).
    std::optional<std::string> query(std::string_view name) const;
    std::optional<std::string_view> field(std::string_view name) const;
    std::optional<std::string_view> cookie(std::string_view name) const;
    /// The Host field.
    std::string_view host() const { return field("Host").value_or(""); }

    /// Of routes whose body is read whole; else empty.
    const std::string& body() const { return body_; }
    /// Of routes whose body is a stream.
    BodyReader& stream() const { return *stream_; }

    // Set by the connection and the router before a handler sees the request.
    void set_parameters(Fields parameters) { parameters_ = std::move(parameters); }
    void set_body(std::string body) { body_ = std::move(body); }
    void set_stream(BodyReader& stream) { stream_ = &stream; }

  private:
    Method method_;
    std::string target_;
    std::string path_;
    std::vector<std::string> segments_;
    Fields fields_;
    Fields parameters_;
    std::string body_;
    BodyReader* stream_ = nullptr;
};

} // namespace server::http
