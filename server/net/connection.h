#pragma once

#include "server/net/exchange.h"
#include "server/net/task.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace server::net {

class Worker;

/// One client's connection: requests one after the other. Lives on its worker's thread. It sets no
/// timers: the worker's sweep asks each connection whether it is overdue.
class Connection : public boost::intrusive::list_base_hook<> {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    Connection(asio::ip::tcp::socket socket, Worker& worker);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Serves until either side closes.
    Task<> run();
    /// Ends what it waits for, and so the connection.
    void close();

    bool is_idle() const { return phase_ == Phase::idle; }
    /// Whether it has taken longer than it may. Asked by the sweep.
    bool is_overdue(Instant now);

  private:
    friend class ConnectionBody;

    enum class Phase {
        idle,      ///< between requests
        head,      ///< a head has begun
        body,      ///< waits for more of a body
        handling,  ///< a handler works, which has a limit of its own
        writing,   ///< waits until the client takes more
        parting,   ///< the last answer was sent; what still comes is thrown away
    };
    void enter(Phase phase);
    void rest();
    bool has_unread() const;
    /// Takes the first bytes of a head out of `first_bytes_`.
    void begin(std::size_t size);

    enum class Taken { admitted, refused, nothing_yet, ended };
    Taken take_head();
    enum class Received { some, nothing_yet, ended };
    Received receive();
    void refuse(const http::Verdict& verdict);

    bool answer_at_once();
    Task<> answer_by_route();

    enum class Sent { all, some, failed };
    Sent send_some();
    Sent send_from_memory();
    Sent send_from_file();
    Task<> part();

    asio::ip::tcp::socket socket_;
    Worker& worker_;
    std::unique_ptr<Exchange> exchange_;  ///< null while idle
    std::array<char, 1024> first_bytes_;  ///< into these comes what ends being idle
    Phase phase_ = Phase::idle;
    Instant deadline_;
    unsigned answered_in_a_row_ = 0;      ///< without having waited
    std::chrono::steady_clock::duration body_waited_{0};
    std::uint64_t body_bytes_ = 0;        ///< that came in `body_waited_`
    Instant body_wait_began_;
};

} // namespace server::net
