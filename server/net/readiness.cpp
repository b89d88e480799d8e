#include "server/net/readiness.h"

namespace server::net {

Readiness::Readiness() : set_(check_call(::epoll_create1(EPOLL_CLOEXEC), "watch connections")) {}

bool Readiness::add(int socket, Connection& connection) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &connection;
    return ::epoll_ctl(set_.number(), EPOLL_CTL_ADD, socket, &event) == 0;
}

std::span<const epoll_event> Readiness::changes() {
    const int room = static_cast<int>(changes_.size());
    const int count = ::epoll_wait(set_.number(), changes_.data(), room, 0);
    return std::span(changes_).first(count > 0 ? static_cast<std::size_t>(count) : 0);
}

Connection& Readiness::connection_of(const epoll_event& event) {
    return *static_cast<Connection*>(event.data.ptr);
}

} // namespace server::net
