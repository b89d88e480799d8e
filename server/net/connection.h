#pragma once

#include "server/descriptor.h"
#include "server/net/exchange.h"
#include "server/net/task.h"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>

namespace server::net {

class Worker;

/// One client's connection: requests one after the other. Lives on its worker's thread, which owns
/// it. It sets no timers: the worker's sweep asks each connection whether it is overdue. While it
/// waits, for a request or until the client takes more, it holds no coroutine: the worker tells it
/// what has changed. Only a request that a route answers has one.
class Connection : public boost::intrusive::list_base_hook<> {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    /// Not blocking.
    Connection(Descriptor socket, Worker& worker);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int socket() const { return socket_.number(); }
    /// Its socket has changed: `events` of epoll.
    void on_change(std::uint32_t events);
    /// Serves until it has to wait, or ends.
    void go_on();
    /// Ends it; where a route is still at work, as soon as that is done.
    void close();

    /// Whether an answer is waited for that is still to come.
    bool is_waiting() const { return phase_ == Phase::waiting; }
    /// Answers where it can by now, or has waited for long enough.
    void look_again();

    bool is_idle() const { return phase_ == Phase::idle; }
    bool has_ended() const { return phase_ == Phase::ended; }
    /// Whether it has taken longer than it may. Asked by the sweep.
    bool is_overdue(Instant now);

  private:
    friend class ConnectionBody;

    enum class Phase {
        idle,      ///< between requests
        head,      ///< a head has begun
        body,      ///< waits for more of a body
        handling,  ///< a handler works, which has a limit of its own
        waiting,   ///< for something to change before it can be answered
        writing,   ///< waits until the client takes more
        parting,   ///< the last answer was sent; what still comes is thrown away
        ended,
    };
    void enter(Phase phase);
    bool is_with_route() const { return phase_ == Phase::handling || phase_ == Phase::body; }
    bool has_unread() const { return exchange_ && !exchange_->unread().empty(); }
    /// Waits for the next request, or the rest of this one.
    void rest();
    void end();

    enum class Taken { admitted, refused, nothing_yet, ended };
    Taken take_head();
    enum class Received { some, nothing_yet, ended };
    Received receive();
    void refuse(const http::Verdict& verdict);

    bool begins_to_wait();
    bool answer_at_once();
    void answer_unavailable(std::string_view retry_after, http::Afterwards afterwards);
    void start_route();
    Task<> answer_by_route();
    void after_route(const std::exception_ptr& broken);

    /// Sends the answer. False where it has to wait, has left others their turn, or has ended.
    bool deliver();
    enum class Sent { all, some, failed };
    Sent send_some();
    Sent send_from_memory();
    Sent send_from_file();
    void part();
    void throw_away();

    Descriptor socket_;
    Worker& worker_;
    std::unique_ptr<Exchange> exchange_;  ///< null while idle
    Phase phase_ = Phase::idle;
    Instant deadline_;
    bool may_have_more_ = false;          ///< to be received, as far as is known
    bool has_hung_up_ = false;            ///< the client sends no more
    unsigned answered_in_a_row_ = 0;      ///< without having waited
    std::size_t thrown_away_ = 0;
    std::chrono::steady_clock::duration body_waited_{0};
    std::uint64_t body_bytes_ = 0;        ///< that came in `body_waited_`
    Instant body_wait_began_;
};

} // namespace server::net
