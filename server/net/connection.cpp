#include "server/net/connection.h"

#include "server/http/dispatch.h"
#include "server/net/connection_body.h"
#include "server/net/worker.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <spdlog/spdlog.h>

#include <array>
#include <cerrno>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace server::net {

namespace {

/// A client that sends many requests at once lets others have their turn.
constexpr unsigned most_in_a_row = 64;
/// How much a client may still send after the last answer, so that it gets to read it.
constexpr std::size_t most_thrown_away = 1024 * 1024;
constexpr std::size_t most_a_sendfile = 2 * 1024 * 1024;

/// What may stand in the log: an address to play holds a grant.
std::string_view loggable(const std::string& path) {
    return path.starts_with("/play/") ? std::string_view("/play/...") : path;
}

bool is_would_block(int error) { return error == EAGAIN; }

} // namespace

Connection::Connection(asio::ip::tcp::socket socket, Worker& worker)
    : socket_(std::move(socket)), worker_(worker), deadline_(worker.now() + worker.limits().head) {
    worker_.add(*this);
}

Connection::~Connection() { worker_.remove(*this); }

void Connection::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

bool Connection::is_overdue(Instant now) {
    if (phase_ == Phase::handling) {
        return false;
    }
    if (phase_ != Phase::body) {
        return now >= deadline_;
    }
    const Limits& limits = worker_.limits();
    if (body_waited_ + (now - body_wait_began_) < limits.body_window) {
        return false;
    }
    const bool is_too_slow = body_bytes_ < limits.body_bytes_a_window;
    body_bytes_ = 0;
    body_waited_ = {};
    body_wait_began_ = now;
    return is_too_slow;
}

void Connection::enter(Phase phase) {
    const Instant now = worker_.now();
    const Limits& limits = worker_.limits();
    if (phase_ == Phase::body) {
        body_waited_ += now - body_wait_began_;
    }
    if ((phase_ == Phase::idle) != (phase == Phase::idle)) {
        phase == Phase::idle ? worker_.move_to_idle(*this) : worker_.move_to_busy(*this);
    }
    phase_ = phase;
    switch (phase) {
    case Phase::idle: deadline_ = now + limits.idle; break;
    case Phase::head: deadline_ = now + limits.head; break;
    case Phase::body: body_wait_began_ = now; break;
    case Phase::handling: break;
    case Phase::writing: deadline_ = now + limits.stalled; break;
    case Phase::parting: deadline_ = now + std::min(limits.stalled, limits.parting); break;
    }
}

void Connection::rest() {
    answered_in_a_row_ = 0;
    if (exchange_ && !exchange_->unread().empty()) {
        return;
    }
    if (exchange_) {
        worker_.exchanges().give_back(std::move(exchange_));
    }
    if (!is_idle()) {
        enter(Phase::idle);
    }
}

Task<> Connection::run() {
    // One level deep on purpose: most requests are answered without another coroutine.
    for (;;) {
        // Only what has come already is looked at: asking the kernel in vain costs a call.
        Taken taken = has_unread() ? take_head() : Taken::nothing_yet;
        while (taken == Taken::nothing_yet) {
            rest();
            if (is_idle() && worker_.is_stopping()) {
                co_return;
            }
            if (exchange_) {
                const auto [error] =
                    co_await socket_.async_wait(asio::socket_base::wait_read, outcome);
                if (error) {
                    co_return;
                }
            } else {
                // Unlike a wait, this arms nothing anew: a call less for each request.
                const auto [error, size] =
                    co_await socket_.async_receive(asio::buffer(first_bytes_), outcome);
                if (error) {
                    co_return;
                }
                begin(size);
            }
            taken = take_head();
        }
        if (taken == Taken::ended) {
            co_return;
        }
        if (taken == Taken::admitted && !answer_at_once()) {
            co_await answer_by_route();
        }
        Sent sent = send_some();
        while (sent == Sent::some) {
            enter(Phase::writing);
            const auto [error] =
                co_await socket_.async_wait(asio::socket_base::wait_write, outcome);
            if (error) {
                co_return;
            }
            sent = send_some();
        }
        if (sent == Sent::failed) {
            co_return;
        }
        if (exchange_->out.closes) {
            co_await part();
            co_return;
        }
        if (++answered_in_a_row_ == most_in_a_row) {
            answered_in_a_row_ = 0;
            co_await asio::post(socket_.get_executor(), asio::use_awaitable);
        }
        if (has_unread()) {
            enter(Phase::head);
        }
    }
}

bool Connection::has_unread() const { return exchange_ && !exchange_->unread().empty(); }

void Connection::begin(std::size_t size) {
    exchange_ = worker_.exchanges().take();
    std::copy_n(first_bytes_.begin(), size, exchange_->buffer.begin());
    exchange_->filled = size;
    enter(Phase::head);
}

Connection::Taken Connection::take_head() {
    Exchange& exchange = *exchange_;
    for (;;) {
        if (has_unread()) {
            const http::Verdict verdict =
                worker_.admission().look(exchange.unread(), exchange.looked_at, exchange.head);
            if (verdict.outcome == http::Verdict::Outcome::admitted) {
                exchange.used += verdict.head_bytes;
                exchange.looked_at = 0;
                return Taken::admitted;
            }
            if (verdict.outcome == http::Verdict::Outcome::refused) {
                refuse(verdict);
                return Taken::refused;
            }
        }
        exchange.compact();
        const Received received = receive();
        if (received != Received::some) {
            return received == Received::ended ? Taken::ended : Taken::nothing_yet;
        }
    }
}

Connection::Received Connection::receive() {
    Exchange& exchange = *exchange_;
    for (;;) {
        const ssize_t received =
            ::recv(socket_.native_handle(), exchange.buffer.data() + exchange.filled,
                   exchange.buffer.size() - exchange.filled, MSG_DONTWAIT);
        if (received > 0) {
            exchange.filled += static_cast<std::size_t>(received);
            return Received::some;
        }
        if (received < 0 && is_would_block(errno)) {
            return Received::nothing_yet;
        }
        if (received == 0 || errno != EINTR) {
            return Received::ended;
        }
    }
}

void Connection::refuse(const http::Verdict& verdict) {
    spdlog::info("refused a request: {} ({})", to_text(verdict.refusal), verdict.reason);
    Exchange& exchange = *exchange_;
    // Nothing of a head that was refused is believed.
    exchange.head.method = http::Method::get;
    exchange.head.field_count = 0;
    http::Reply reply = http::plain_text(verdict.refusal, std::string(to_text(verdict.refusal)));
    http::prepare(std::move(reply), exchange.head, worker_.every_answer(),
                  http::Afterwards::close, exchange.out);
}

bool Connection::answer_at_once() {
    Exchange& exchange = *exchange_;
    if (worker_.is_stopping()) {
        http::Reply reply = http::failure();
        reply.status = http::Status::unavailable;
        reply.add("Retry-After", "5");
        http::prepare(std::move(reply), exchange.head, worker_.every_answer(),
                      http::Afterwards::close, exchange.out);
        return true;
    }
    if (!worker_.site().at_once) {
        return false;
    }
    auto reply = worker_.site().at_once(exchange.head);
    if (reply) {
        http::prepare(std::move(*reply), exchange.head, worker_.every_answer(),
                      http::Afterwards::keep, exchange.out);
    }
    return reply.has_value();
}

Task<> Connection::answer_by_route() {
    enter(Phase::handling);
    const auto began = std::chrono::steady_clock::now();
    http::Request request(exchange_->head);
    ConnectionBody body(*this, exchange_->head);
    http::Reply reply = co_await http::dispatch(worker_.site(), request, body);

    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began);
    spdlog::info("{} {} {} {} ms", to_text(request.method()), loggable(request.path()),
                 static_cast<unsigned>(reply.status), took.count());
    const bool body_is_left = body.remaining() > 0;
    const auto afterwards = body_is_left || worker_.is_stopping() ? http::Afterwards::close
                                                                  : http::Afterwards::keep;
    http::prepare(std::move(reply), exchange_->head, worker_.every_answer(), afterwards,
                  exchange_->out);
}

Connection::Sent Connection::send_some() {
    for (;;) {
        const http::Outgoing& out = exchange_->out;
        if (out.is_sent()) {
            return Sent::all;
        }
        const bool from_file = out.head_sent == out.head.size() && out.remaining > 0;
        const Sent sent = from_file ? send_from_file() : send_from_memory();
        if (sent != Sent::all) {
            return sent;
        }
    }
}

/// Sends the head and a body in memory in one call.
Connection::Sent Connection::send_from_memory() {
    http::Outgoing& out = exchange_->out;
    std::array<iovec, 2> parts{};
    // The kernel only reads what is sent.
    parts[0] = {out.head.data() + out.head_sent, out.head.size() - out.head_sent};
    parts[1] = {const_cast<char*>(out.memory.data()), out.memory.size()};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = out.memory.empty() ? 1 : 2;
    const int more = out.remaining > 0 ? MSG_MORE : 0;
    const ssize_t result =
        ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL | more);
    if (result < 0) {
        return is_would_block(errno) ? Sent::some : Sent::failed;
    }
    const auto sent = static_cast<std::size_t>(result);
    const std::size_t of_head = std::min(sent, parts[0].iov_len);
    out.head_sent += of_head;
    out.memory.remove_prefix(sent - of_head);
    return Sent::all;
}

Connection::Sent Connection::send_from_file() {
    http::Outgoing& out = exchange_->out;
    const auto& span = std::get<http::FileSpan>(out.owner);
    auto offset = static_cast<off_t>(out.offset);
    const std::size_t wanted = std::min<std::uint64_t>(out.remaining, most_a_sendfile);
    const ssize_t sent =
        ::sendfile(socket_.native_handle(), span.file->descriptor(), &offset, wanted);
    if (sent < 0) {
        return is_would_block(errno) ? Sent::some : Sent::failed;
    }
    if (sent == 0) {
        // The file has become shorter than its index says: the length that was announced cannot
        // be kept, so the connection must end.
        spdlog::error("a media file ends before its index says so");
        return Sent::failed;
    }
    out.offset += static_cast<std::uint64_t>(sent);
    out.remaining -= static_cast<std::uint64_t>(sent);
    return Sent::all;
}

/// RFC 9112, 9.6: what the client still sends is read, or else it might lose the answer.
Task<> Connection::part() {
    boost::system::error_code error;
    socket_.shutdown(asio::socket_base::shutdown_send, error);
    enter(Phase::parting);
    std::size_t thrown_away = 0;
    while (!error && thrown_away < most_thrown_away) {
        Exchange& exchange = *exchange_;
        exchange.filled = 0;
        const Received received = receive();
        if (received == Received::ended) {
            co_return;
        }
        thrown_away += exchange.filled;
        if (received == Received::nothing_yet) {
            std::tie(error) = co_await socket_.async_wait(asio::socket_base::wait_read, outcome);
        }
    }
}

} // namespace server::net
