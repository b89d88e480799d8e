#pragma once

#include "server/http/admission.h"
#include "server/http/site.h"
#include "server/net/connection.h"
#include "server/net/exchange.h"
#include "server/net/limits.h"
#include "server/net/task.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace server::net {

/// One core's context, listener and connections. All but `stop` and `context` is its thread's.
class Worker {
  public:
    using Instant = Connection::Instant;

    /// Listens. Throws boost::system::system_error where it cannot.
    Worker(const asio::ip::tcp::endpoint& endpoint, const Limits& limits,
           std::size_t most_connections, const http::Site& site);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker();

    asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    asio::io_context& context() { return context_; }
    /// Serves until `stop` was called and what ran has ended or was cut off.
    void run();
    /// From any thread.
    void stop();

    // What its connections ask.
    const http::Site& site() const { return site_; }
    const http::Admission& admission() const { return admission_; }
    const Limits& limits() const { return limits_; }
    Exchanges& exchanges() { return exchanges_; }
    /// As of the last sweep: deadlines are no finer.
    Instant now() const { return now_; }
    const std::string& every_answer() const { return every_answer_; }
    bool is_stopping() const { return is_stopping_; }
    void add(Connection& connection);
    void remove(Connection& connection);
    void move_to_idle(Connection& connection);
    void move_to_busy(Connection& connection);

  private:
    using Connections = boost::intrusive::list<Connection>;

    Task<> accept();
    Task<> sweep();
    void serve(asio::ip::tcp::socket socket);
    void make_room();
    void read_clocks();
    void begin_stopping();

    const http::Site& site_;
    const Limits limits_;
    const std::size_t most_connections_;
    const http::Admission admission_;
    const std::string security_fields_;
    Exchanges exchanges_;
    Connections idle_;  ///< the longest idle first
    Connections busy_;
    Instant now_;
    Instant stop_deadline_;
    std::string every_answer_;
    bool is_stopping_ = false;
    // Destroyed before all above: what still waits in it refers to them.
    asio::io_context context_{1};
    asio::ip::tcp::acceptor acceptor_{context_};
    asio::steady_timer sweep_timer_{context_};
};

} // namespace server::net
