#include "server/net/worker.h"

#include "server/http/outgoing.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <spdlog/spdlog.h>

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace server::net {

namespace {

using asio::ip::tcp;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

std::string frame_ancestors(const http::Site& site) {
    std::string hosts;
    for (const std::string& host : site.embedding_hosts) {
        hosts.append(hosts.empty() ? "" : " ").append(host);
    }
    return hosts.empty() ? "'none'" : hosts;
}

void log_end(const std::exception_ptr& broken) {
    if (!broken) {
        return;
    }
    try {
        std::rethrow_exception(broken);
    } catch (const std::exception& error) {
        spdlog::error("a worker broke: {}", error.what());
    }
}

/// Does what concerns one connection; what that throws ends it and no more.
template <class Step> void guard(Connection& connection, const Step& step) {
    if (connection.has_ended()) {
        return;
    }
    try {
        step();
    } catch (const std::exception& error) {
        spdlog::error("a connection broke: {}", error.what());
        if (!connection.has_ended()) {
            connection.close();
        }
    }
}

} // namespace

Worker::Worker(const tcp::endpoint& endpoint, const Limits& limits, std::size_t most_connections,
               const http::Site& site)
    : site_(site), limits_(limits), most_connections_(most_connections), admission_(site.hosts),
      security_fields_(http::security_fields(
          frame_ancestors(site), site.transport == http::Site::Transport::behind_tls)) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
    changed_.assign(readiness_.descriptor());
    read_clocks();
}

Worker::~Worker() { changed_.release(); }

void Worker::run() {
    asio::co_spawn(context_, accept(), log_end);
    asio::co_spawn(context_, watch(), log_end);
    asio::co_spawn(context_, sweep(), log_end);
    context_.run();
    // The connections have ended. Tasks of others have until the same deadline.
    context_.restart();
    context_.run_until(stop_deadline_);
}

void Worker::stop() {
    asio::post(context_, [this] { begin_stopping(); });
}

void Worker::wake() {
    asio::post(context_, [this] { look_again_for_all(); });
}

void Worker::look_again_for_all() {
    for (auto next = busy_.begin(); next != busy_.end();) {
        Connection& connection = *next++; // one that was answered leaves the list
        if (connection.is_waiting()) {
            guard(connection, [&connection] { connection.look_again(); });
        }
    }
}

void Worker::begin_stopping() {
    is_stopping_ = true;
    read_clocks();
    stop_deadline_ = now_ + limits_.stop;
    acceptor_.close();
    while (!idle_.empty()) {
        idle_.front().close();
    }
    look_again_for_all();
    sweep_timer_.cancel();
}

Task<> Worker::accept() {
    while (acceptor_.is_open()) {
        co_await acceptor_.async_wait(tcp::acceptor::wait_read, outcome);
        Accepted accepted = Accepted::one;
        while (acceptor_.is_open() && accepted == Accepted::one) {
            accepted = accept_one();
        }
        if (accepted == Accepted::too_many) {
            make_room();
            asio::steady_timer pause(context_, std::chrono::milliseconds(50));
            co_await pause.async_wait(outcome);
        }
    }
}

Worker::Accepted Worker::accept_one() {
    Descriptor socket(::accept4(acceptor_.native_handle(), nullptr, nullptr,
                                SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket) {
        serve(std::move(socket));
        return Accepted::one;
    }
    const bool is_out_of_room = errno == EMFILE || errno == ENFILE || errno == ENOBUFS;
    if (is_out_of_room || errno == ENOMEM) {
        return Accepted::too_many;
    }
    const bool is_gone_already = errno == ECONNABORTED || errno == EPROTO || errno == EINTR;
    return is_gone_already ? Accepted::one : Accepted::none_left;
}

void Worker::serve(Descriptor socket) {
    if (idle_.size() + busy_.size() >= most_connections_) {
        make_room();
    }
    const int yes = 1;
    ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    auto connection = std::make_unique<Connection>(std::move(socket), *this);
    if (readiness_.add(connection->socket(), *connection)) {
        idle_.push_back(*connection.release());
    }
}

Task<> Worker::watch() {
    for (;;) {
        const auto [error] =
            co_await changed_.async_wait(asio::posix::stream_descriptor::wait_read, outcome);
        if (error) {
            co_return;
        }
        for (const epoll_event& event : readiness_.changes()) {
            Connection& connection = Readiness::connection_of(event);
            const auto changed = [&] { connection.on_change(event.events); };
            guard(connection, changed);
        }
    }
}

void Worker::postpone(Connection& connection) {
    if (postponed_.empty()) {
        asio::post(context_, [this] { go_on_with_postponed(); });
    }
    postponed_.push_back(&connection);
}

void Worker::go_on_with_postponed() {
    for (Connection* connection : std::exchange(postponed_, {})) {
        guard(*connection, [connection] { connection->go_on(); });
    }
}

void Worker::attend(Connection& connection, const std::exception_ptr& broken) {
    guard(connection, [&] {
        if (broken) {
            std::rethrow_exception(broken);
        }
        connection.go_on();
    });
}

void Worker::bury(Connection& connection) {
    if (ended_.empty()) {
        asio::post(context_, [this] { ended_.dispose(); });
    }
    Connections& holding = connection.is_idle() ? idle_ : busy_;
    ended_.splice(ended_.end(), holding, holding.iterator_to(connection));
}

void Worker::make_room() {
    if (!idle_.empty()) {
        idle_.front().close();
    } else if (!busy_.empty() && idle_.size() + busy_.size() >= most_connections_) {
        // Nobody is idle: whoever has been at it for longest goes.
        busy_.front().close();
    }
}

Task<> Worker::sweep() {
    while (!is_stopping_ || !(idle_.empty() && busy_.empty())) {
        sweep_timer_.expires_after(limits_.sweep);
        co_await sweep_timer_.async_wait(outcome);
        read_clocks();
        look_again_for_all();
        const bool cuts_off = is_stopping_ && now_ >= stop_deadline_;
        for (Connections* connections : {&idle_, &busy_}) {
            for (auto next = connections->begin(); next != connections->end();) {
                Connection& connection = *next++; // one that ends leaves the list
                if (cuts_off || connection.is_overdue(now_)) {
                    connection.close();
                }
            }
        }
        if (cuts_off) {
            break;
        }
    }
    changed_.cancel();
    context_.stop();
}

void Worker::read_clocks() {
    now_ = std::chrono::steady_clock::now();
    every_answer_ =
        http::fields_of_every_answer(std::chrono::system_clock::now(), security_fields_);
}

void Worker::move_to_idle(Connection& connection) {
    Connections& holding = connection.is_idle() ? idle_ : busy_;
    idle_.splice(idle_.end(), holding, holding.iterator_to(connection));
}

void Worker::move_to_busy(Connection& connection) {
    busy_.splice(busy_.end(), idle_, idle_.iterator_to(connection));
}

} // namespace server::net
