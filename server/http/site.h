#pragma once

#include "catalog/result.h"
#include "server/http/head.h"
#include "server/http/reply.h"
#include "server/http/router.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace server::http {

/// All that a connection needs to know to answer. Made before the server starts, then only read;
/// its functions are called from every context's thread.
struct Site {
    Router router;
    /// Who is behind a request's cookie.
    std::function<Task<Caller>(const Request&)> resolve;
    /// Answers from memory without waiting (play addresses); nothing: the router is asked.
    std::function<std::optional<Reply>(const Head&)> at_once;
    /// How long an answer from memory is to be waited for: what it needs is still to come. Asked again
    /// whenever something has changed; nothing: it can be given, or refused. Empty: none ever waits.
    std::function<std::optional<std::chrono::milliseconds>(const Head&)> wait;
    /// The page for people of a refusal that the router makes, and for whom; empty: JSON for all.
    std::function<Reply(const Request&, const Caller&, const catalog::Error&)> refusal_page;
    /// Names by which we may be called, without ports: "localhost". Empty: any.
    std::vector<std::string> hosts;
    /// Who may show us in a frame, as CSP writes it: "https://example.jp".
    std::vector<std::string> embedding_hosts;
    enum class Transport { plain, behind_tls } transport = Transport::plain;
    /// Handlers that take longer are answered with 503. Routes with a stream have no such limit.
    std::chrono::seconds handler_limit{60};
};

} // namespace server::http
