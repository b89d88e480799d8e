#pragma once

#include "server/net/server.h"

#include <thread>

namespace test {

/// A real server on a free port of the loopback, with one thread, until it goes.
class RunningServer {
  public:
    explicit RunningServer(const server::http::Site& site, const server::net::Limits& limits = {},
                           unsigned threads = 1)
        : server_({.address = "127.0.0.1", .port = 0, .threads = threads}, limits, site),
          thread_([this] { server_.run(); }) {}
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    ~RunningServer() { server_.stop(); }

    std::uint16_t port() const { return server_.port(); }
    server::net::Server& server() { return server_; }
    void join() { thread_.join(); }

  private:
    server::net::Server server_;
    std::jthread thread_;
};

} // namespace test
