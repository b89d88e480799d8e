#pragma once

#include "server/descriptor.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <sys/epoll.h>

namespace server::net {

class Connection;

/// Tells which connections can be read or written again: an epoll set beside Asio's, edge-triggered,
/// into which a socket goes once. Waiting for the next request then costs no call at all, where
/// Asio makes one for each (a receive in vain, or arming anew).
class Readiness {
  public:
    /// Throws std::system_error where there is no descriptor left.
    Readiness();

    /// Becomes readable when something has changed.
    int descriptor() const { return set_.number(); }

    /// Until the socket is closed, changes of it are told. False where the kernel has no room.
    bool add(int socket, Connection& connection);

    /// What has changed since it was asked, at most as much as there is room; does not wait. Valid
    /// until it is asked again.
    std::span<const epoll_event> changes();
    static Connection& connection_of(const epoll_event& event);

    bool is_full(std::span<const epoll_event> changes) const {
        return changes.size() == changes_.size();
    }

  private:
    Descriptor set_;
    std::array<epoll_event, 256> changes_{};
};

} // namespace server::net
