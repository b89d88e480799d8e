#pragma once

#include "server/live/live_runner.h"
#include "server/live/rtmp/conversation.h"
#include "server/net/limits.h"
#include "server/net/task_group.h"

#include <boost/asio/ip/tcp.hpp>

#include <memory>

namespace server::live {

/// Where publishers come in by RTMP. Its tasks run on one executor.
class RtmpListener {
  public:
    /// Listens at once. `runner` and `tasks` outlive it. Throws boost::system::system_error where it
    /// cannot.
    RtmpListener(const net::Listening& listening, LiveRunner& runner, net::TaskGroup& tasks,
                 net::asio::any_io_executor executor);

    net::Task<> serve();
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  private:
    using Socket = net::asio::ip::tcp::socket;
    struct Line;

    net::Task<> converse(std::shared_ptr<Line> line);
    net::Task<> hear(Line& line);
    /// False where the exchange is over.
    net::Task<bool> step(Line& line);
    net::Task<bool> let_in(Line& line);
    net::Task<bool> pass_on(Line& line);

    LiveRunner& runner_;
    net::TaskGroup& tasks_;
    net::asio::ip::tcp::acceptor acceptor_;
    std::size_t lines_ = 0;  ///< that are open
};

} // namespace server::live
