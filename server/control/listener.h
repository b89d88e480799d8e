#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "catalog/time/zone.h"
#include "server/catalog_thread.h"
#include "server/control/socket_address.h"
#include "server/live/live_runner.h"
#include "server/net/task_group.h"
#include "server/play/play_table.h"

#include <boost/asio/local/stream_protocol.hpp>

namespace server::control {

/// Makes the changes that the command line asks for over the local socket, which only the data
/// folder's owner can open. Its tasks run on one executor.
class Listener {
  public:
    struct Parts {
        const catalog::store::DataFolder& folder;
        const catalog::time::Clock& clock;
        const catalog::time::Zone& zone;
        CatalogThread& writer;
        play::PlayTable& play_table;
        live::LiveRunner& live;
    };
    /// Listens from now on: the writer's lock is held, so a socket that is there is nobody's.
    Listener(const Parts& parts, net::asio::any_io_executor executor);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    /// Answers until it is cancelled.
    net::Task<> serve(net::TaskGroup& tasks);

  private:
    using Socket = net::asio::local::stream_protocol::socket;
    net::Task<> answer(Socket socket);
    net::Task<std::string> answer_to(std::string line);

    Parts parts_;
    SocketAddress address_;
    net::asio::local::stream_protocol::acceptor acceptor_;
};

} // namespace server::control
