#pragma once

#include "server/http/admission.h"
#include "server/http/site.h"
#include "server/net/connection.h"
#include "server/net/exchange.h"
#include "server/net/limits.h"
#include "server/net/readiness.h"
#include "server/net/task.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace server::net {

/// One core's context, listener and connections, which it owns. All but `stop` and `context` is its thread's.
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
    /// Something has changed: those who wait look whether they can be answered. From any thread.
    void wake();

    // What its connections ask.
    const http::Site& site() const { return site_; }
    const http::Admission& admission() const { return admission_; }
    const Limits& limits() const { return limits_; }
    Exchanges& exchanges() { return exchanges_; }
    /// As of the last sweep: deadlines are no finer.
    Instant now() const { return now_; }
    const std::string& every_answer() const { return every_answer_; }
    bool is_stopping() const { return is_stopping_; }
    void move_to_idle(Connection& connection);
    void move_to_busy(Connection& connection);
    /// Lets others have their turn before it goes on.
    void postpone(Connection& connection);
    /// Lets it go on after its route, or ends it where that is broken.
    void attend(Connection& connection, const std::exception_ptr& broken);
    /// It has ended; it is destroyed once nothing can refer to it any more.
    void bury(Connection& connection);

  private:
    /// Owns what is in it.
    struct Connections : boost::intrusive::list<Connection> {
        ~Connections() { dispose(); }
        void dispose() { clear_and_dispose(std::default_delete<Connection>()); }
    };

    Task<> accept();
    Task<> watch();
    Task<> sweep();
    enum class Accepted { one, none_left, too_many };
    Accepted accept_one();
    void serve(Descriptor socket);
    void go_on_with_postponed();
    void look_again_for_all();
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
    Connections ended_;
    std::vector<Connection*> postponed_;
    Readiness readiness_;
    Instant now_;
    Instant stop_deadline_;
    std::string every_answer_;
    bool is_stopping_ = false;
    // Destroyed before all above: what still waits in it refers to them.
    asio::io_context context_{1};
    asio::ip::tcp::acceptor acceptor_{context_};
    asio::posix::stream_descriptor changed_{context_};
    asio::steady_timer sweep_timer_{context_};
};

} // namespace server::net
