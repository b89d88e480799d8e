#include "server/net/connection_body.h"

#include "server/net/worker.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace server::net {

namespace {

constexpr std::uint64_t most_at_once = 256 * 1024;

catalog::Error cut_off() {
    return catalog::refuse(catalog::Refusal::invalid, "送信が途中で途切れました。");
}

} // namespace

ConnectionBody::ConnectionBody(Connection& connection, const http::Head& head)
    : connection_(connection), remaining_(head.content_length.value_or(0)),
      client_waits_(head.expects_continue) {
    connection_.body_bytes_ = 0;
    connection_.body_waited_ = {};
}

ConnectionBody::~ConnectionBody() {
    if (waiting_) {
        waiting_->release();
    }
}

std::span<const std::byte> ConnectionBody::from_exchange() {
    Exchange& exchange = *connection_.exchange_;
    const std::string_view unread = exchange.unread();
    const std::size_t taken = std::min<std::uint64_t>(unread.size(), remaining_);
    exchange.used += taken;
    remaining_ -= taken;
    return std::as_bytes(std::span(unread.data(), taken));
}

bool ConnectionBody::send_continue() {
    client_waits_ = false;
    static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    // All earlier answers are sent: so little always fits.
    return ::send(connection_.socket(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(text.size());
}

Task<bool> ConnectionBody::wait_for_more() {
    using asio::posix::stream_descriptor;
    if (!waiting_) {
        waiting_.emplace(connection_.worker_.context(), connection_.socket());
    }
    connection_.enter(Connection::Phase::body);
    const auto [error] = co_await waiting_->async_wait(stream_descriptor::wait_read, outcome);
    connection_.enter(Connection::Phase::handling);
    co_return !error;
}

Task<catalog::Result<std::span<const std::byte>>> ConnectionBody::next() {
    if (remaining_ == 0) {
        co_return std::span<const std::byte>();
    }
    if (const auto known = from_exchange(); !known.empty()) {
        co_return known;
    }
    if (client_waits_ && !send_continue()) {
        co_return cut_off();
    }
    buffer_.resize(std::min(most_at_once, std::max<std::uint64_t>(remaining_, buffer_.size())));
    for (;;) {
        const std::size_t wanted = std::min<std::uint64_t>(buffer_.size(), remaining_);
        const ssize_t received =
            ::recv(connection_.socket(), buffer_.data(), wanted, MSG_DONTWAIT);
        if (received > 0) {
            const auto size = static_cast<std::size_t>(received);
            connection_.body_bytes_ += size;
            remaining_ -= size;
            co_return std::span<const std::byte>(buffer_.data(), size);
        }
        if (received == 0 || (errno != EAGAIN && errno != EINTR)) {
            co_return cut_off();
        }
        if (!co_await wait_for_more()) {
            co_return cut_off();
        }
    }
}

} // namespace server::net
