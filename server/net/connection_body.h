#pragma once

#include "server/http/body_reader.h"
#include "server/net/connection.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <optional>
#include <vector>

namespace server::net {

/// The body of the request that its connection is answering.
class ConnectionBody final : public http::BodyReader {
  public:
    ConnectionBody(Connection& connection, const http::Head& head);
    ~ConnectionBody() override;

    Task<catalog::Result<std::span<const std::byte>>> next() override;
    std::uint64_t remaining() const override { return remaining_; }

  private:
    std::span<const std::byte> from_exchange();
    bool send_continue();
    Task<bool> wait_for_more();

    Connection& connection_;
    std::uint64_t remaining_;
    bool client_waits_;  ///< for 100 Continue
    std::vector<std::byte> buffer_;
    std::optional<asio::posix::stream_descriptor> waiting_;  ///< borrows the connection's socket
};

} // namespace server::net
