#pragma once

#include "server/http/site.h"
#include "server/net/limits.h"
#include "server/net/task.h"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>

namespace server::net {

/// Listens and answers: one context, thread and listener (SO_REUSEPORT) a core.
/// Constructed means listening; connections are taken from `run` on.
class Server {
  public:
    /// `site` outlives the server. Throws std::system_error where it cannot listen.
    Server(const Listening& listening, const Limits& limits, const http::Site& site);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    std::uint16_t port() const;
    /// For background tasks of others: the first context's, which runs one at a time. They are to
    /// end when `stop` is called; what has not within `Limits::stop` is dropped where it waits.
    asio::any_io_executor executor();

    /// Answers until `stop` was called and what ran has ended. Throws what broke a context.
    void run();
    /// No new connections, idle ones closed, requests that still come are answered 503 with
    /// Retry-After; what runs has `Limits::stop`, then it is cut off. From any thread.
    void stop();

    /// Something has changed for those whose answers wait (`Site::wait`). From any thread.
    void wake();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace server::net
