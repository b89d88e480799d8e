#include "server/net/server.h"

#include "server/net/worker.h"

#include <boost/asio/ip/address.hpp>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <mutex>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace server::net {

namespace {

using asio::ip::tcp;

/// Descriptors for what is not a connection: media files, the catalog, jobs.
constexpr std::size_t kept_descriptors = 1024;

/// Raises the limit of open descriptors as far as it goes; gives how many connections fit below it.
std::size_t connections_that_fit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return kept_descriptors;
    }
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto descriptors = static_cast<std::size_t>(limit.rlim_cur);
    return descriptors > 2 * kept_descriptors ? descriptors - kept_descriptors : descriptors / 2;
}

} // namespace

struct Server::State {
    std::vector<std::unique_ptr<Worker>> workers;
};

Server::Server(const Listening& listening, const Limits& limits, const http::Site& site)
    : state_(std::make_unique<State>()) {
    // sendfile to a client that is gone would end the process.
    std::signal(SIGPIPE, SIG_IGN);
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads = listening.threads > 0 ? listening.threads : cores;
    const std::size_t connections = std::min(limits.connections, connections_that_fit());
    tcp::endpoint endpoint(asio::ip::make_address(listening.address), listening.port);
    for (unsigned made = 0; made < threads; ++made) {
        state_->workers.push_back(std::make_unique<Worker>(
            endpoint, limits, std::max<std::size_t>(1, connections / threads), site));
        endpoint = state_->workers.front()->endpoint();
    }
}

Server::~Server() = default;

std::uint16_t Server::port() const { return state_->workers.front()->endpoint().port(); }

asio::any_io_executor Server::executor() {
    return state_->workers.front()->context().get_executor();
}

void Server::run() {
    std::mutex guard;
    std::exception_ptr broken;
    const auto run_one = [&](Worker& worker) {
        try {
            worker.run();
        } catch (...) {
            // One of main's three places: brought to the caller below.
            const std::lock_guard lock(guard);
            broken = broken ? broken : std::current_exception();
            stop();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t at = 1; at < state_->workers.size(); ++at) {
            threads.emplace_back(run_one, std::ref(*state_->workers[at]));
        }
        run_one(*state_->workers.front());
    }
    if (broken) {
        std::rethrow_exception(broken);
    }
}

void Server::stop() {
    for (const auto& worker : state_->workers) {
        worker->stop();
    }
}

void Server::wake() {
    for (const auto& worker : state_->workers) {
        worker->wake();
    }
}

} // namespace server::net
