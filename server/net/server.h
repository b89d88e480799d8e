#pragma once

#include "server/http/site.h"
#include "server/net/offload.h"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace server::net {

/// How long things may take, and how many there may be.
struct Limits {
    std::size_t connections = 10'000;           ///< of all contexts together; idle ones go first
    std::chrono::milliseconds head{10'000};     ///< from the first byte to the end of the fields
    std::chrono::milliseconds idle{30'000};     ///< between requests
    std::chrono::milliseconds stalled{30'000};  ///< a reader that takes nothing
    std::chrono::milliseconds body_window{60'000};
    std::uint64_t body_bytes_a_window = 64 * 1024;  ///< a body that comes more slowly is cut off
    std::chrono::milliseconds stop{10'000};     ///< for what runs when `stop` is called
    std::chrono::milliseconds sweep{500};       ///< how coarse the deadlines are
};

struct Listening {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any that is free
    unsigned threads = 0;    ///< 0: one a core
};

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
    /// For background tasks of others: the first context's, which runs one at a time.
    asio::any_io_executor executor();

    /// Answers until `stop` was called and what ran has ended. Throws what broke a context.
    void run();
    /// No new connections, idle ones closed, requests that still come are answered 503 with
    /// Retry-After; what runs has `Limits::stop`, then it is cut off. From any thread.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace server::net
