#include "server/net/worker.h"

#include "server/http/outgoing.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <spdlog/spdlog.h>

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
        spdlog::error("a connection broke: {}", error.what());
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
    read_clocks();
}

Worker::~Worker() = default;

void Worker::run() {
    asio::co_spawn(context_, accept(), log_end);
    asio::co_spawn(context_, sweep(), log_end);
    context_.run();
    // The connections have ended. Tasks of others have until the same deadline.
    context_.restart();
    context_.run_until(stop_deadline_);
}

void Worker::stop() {
    asio::post(context_, [this] { begin_stopping(); });
}

void Worker::begin_stopping() {
    is_stopping_ = true;
    read_clocks();
    stop_deadline_ = now_ + limits_.stop;
    acceptor_.close();
    for (Connection& connection : idle_) {
        connection.close();
    }
    sweep_timer_.cancel();
}

Task<> Worker::accept() {
    while (acceptor_.is_open()) {
        auto [error, socket] = co_await acceptor_.async_accept(outcome);
        if (!error) {
            serve(std::move(socket));
        } else if (acceptor_.is_open()) {
            // No descriptors left, or the client is gone already.
            make_room();
            asio::steady_timer pause(context_, std::chrono::milliseconds(50));
            co_await pause.async_wait(outcome);
        }
    }
}

void Worker::serve(tcp::socket socket) {
    if (idle_.size() + busy_.size() >= most_connections_) {
        make_room();
    }
    boost::system::error_code error;
    socket.set_option(tcp::no_delay(true), error);
    socket.native_non_blocking(true, error);
    if (error) {
        return;
    }
    auto connection = std::make_unique<Connection>(std::move(socket), *this);
    Task<> running = connection->run();
    auto ended = [owned = std::move(connection)](const std::exception_ptr& broken) {
        log_end(broken);
    };
    asio::co_spawn(context_, std::move(running), std::move(ended));
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
        const bool cuts_off = is_stopping_ && now_ >= stop_deadline_;
        for (Connections* connections : {&idle_, &busy_}) {
            for (Connection& connection : *connections) {
                if (cuts_off || connection.is_overdue(now_)) {
                    connection.close();
                }
            }
        }
        if (cuts_off) {
            break;
        }
    }
    context_.stop();
}

void Worker::read_clocks() {
    now_ = std::chrono::steady_clock::now();
    every_answer_ =
        http::fields_of_every_answer(std::chrono::system_clock::now(), security_fields_);
}

void Worker::add(Connection& connection) { idle_.push_back(connection); }

void Worker::remove(Connection& connection) {
    Connections& holding = connection.is_idle() ? idle_ : busy_;
    holding.erase(holding.iterator_to(connection));
}

void Worker::move_to_idle(Connection& connection) {
    idle_.splice(idle_.end(), busy_, busy_.iterator_to(connection));
}

void Worker::move_to_busy(Connection& connection) {
    busy_.splice(busy_.end(), idle_, idle_.iterator_to(connection));
}

} // namespace server::net
