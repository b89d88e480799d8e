#pragma once

#include "server/live/live_runner.h"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <deque>
#include <memory>
#include <string>

namespace server::live {

/// What came by one SRT connection, on its way from the thread that reads to the executor that
/// passes it on.
class SrtLine : public std::enable_shared_from_this<SrtLine> {
  public:
    SrtLine(std::string key, net::asio::any_io_executor executor);

    // Of the thread that reads.

    /// Whether so much waits that nothing more should be read for now.
    bool is_full() const { return waiting_bytes_ > most_waiting; }
    /// Whether the connection should be closed.
    bool is_unwanted() const { return unwanted_; }
    void came(std::string bytes);
    /// Nothing more will come.
    void ended();

    /// Lets in, and passes on until nothing more comes or is wanted. On the executor.
    static net::Task<> publish(std::shared_ptr<SrtLine> line, LiveRunner& runner);

  private:
    static constexpr std::size_t most_waiting = 1 << 20;

    net::Task<> pass_on(Publication& publication);

    std::string key_;
    net::asio::steady_timer bell_;
    std::deque<std::string> waiting_;  ///< on the executor
    bool has_ended_ = false;           ///< on the executor
    std::atomic<std::size_t> waiting_bytes_{0};
    std::atomic<bool> unwanted_{false};
};

} // namespace server::live
