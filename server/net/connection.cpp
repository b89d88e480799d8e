#include "server/net/connection.h"

#include "server/http/dispatch.h"
#include "server/net/connection_body.h"
#include "server/net/loggable.h"
#include "server/net/worker.h"

#include <boost/asio/co_spawn.hpp>

#include <spdlog/spdlog.h>

#include <array>
#include <cerrno>
#include <sys/epoll.h>
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

bool is_would_block(int error) { return error == EAGAIN; }

} // namespace

Connection::Connection(Descriptor socket, Worker& worker)
    : socket_(std::move(socket)), worker_(worker), deadline_(worker.now() + worker.limits().head) {}

void Connection::on_change(std::uint32_t events) {
    constexpr std::uint32_t hang_up = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
    has_hung_up_ = has_hung_up_ || (events & hang_up) != 0;
    may_have_more_ = may_have_more_ || has_hung_up_ || (events & EPOLLIN) != 0;
    if (is_waiting()) {
        // Whoever is gone frees the place; what else comes is read after the answer.
        if (has_hung_up_) {
            end();
        }
        return;
    }
    const bool may_write = (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
    if (!is_with_route() && (may_write || phase_ != Phase::writing)) {
        go_on();
    }
}

void Connection::close() {
    if (is_with_route()) {
        // Ends what the route waits for, and the sending after it.
        ::shutdown(socket(), SHUT_RDWR);
    } else {
        end();
    }
}

void Connection::end() {
    if (exchange_) {
        worker_.exchanges().give_back(std::move(exchange_));
    }
    worker_.bury(*this);
    phase_ = Phase::ended;
    socket_ = Descriptor();
}

bool Connection::is_overdue(Instant now) {
    if (phase_ == Phase::handling || phase_ == Phase::waiting) {
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
    if (phase == Phase::idle) {
        worker_.move_to_idle(*this); // also from idle: the longest idle ones come first
    } else if (phase_ == Phase::idle) {
        worker_.move_to_busy(*this);
    }
    phase_ = phase;
    switch (phase) {
    case Phase::idle: deadline_ = now + limits.idle; break;
    case Phase::head: deadline_ = now + limits.head; break;
    case Phase::body: body_wait_began_ = now; break;
    case Phase::handling:
    case Phase::waiting:
    case Phase::ended: break;
    case Phase::writing: deadline_ = now + limits.stalled; break;
    case Phase::parting: deadline_ = now + std::min(limits.stalled, limits.parting); break;
    }
}

void Connection::rest() {
    answered_in_a_row_ = 0;
    if (has_unread()) {
        if (phase_ != Phase::head) {
            enter(Phase::head);
        }
        return;
    }
    if (worker_.is_stopping()) {
        end();
        return;
    }
    if (exchange_) {
        worker_.exchanges().give_back(std::move(exchange_));
    }
    enter(Phase::idle);
}

void Connection::go_on() {
    if (phase_ == Phase::parting) {
        throw_away();
        return;
    }
    bool goes_on = phase_ != Phase::writing || deliver();
    while (goes_on) {
        switch (take_head()) {
        case Taken::nothing_yet: rest(); return;
        case Taken::ended: end(); return;
        case Taken::refused: break;
        case Taken::admitted:
            if (begins_to_wait()) {
                return;
            }
            if (!answer_at_once()) {
                start_route();
                return;
            }
        }
        goes_on = deliver();
    }
}

bool Connection::deliver() {
    switch (send_some()) {
    case Sent::some: enter(Phase::writing); return false;
    case Sent::failed: end(); return false;
    case Sent::all: break;
    }
    if (exchange_->out.closes) {
        part();
        return false;
    }
    if (!is_idle()) {
        enter(Phase::idle);
    }
    if (++answered_in_a_row_ == most_in_a_row) {
        answered_in_a_row_ = 0;
        worker_.postpone(*this);
        return false;
    }
    return true;
}

Connection::Taken Connection::take_head() {
    if (!exchange_) {
        if (!may_have_more_) {
            return Taken::nothing_yet;
        }
        exchange_ = worker_.exchanges().take();
    }
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
    const std::size_t room = exchange.buffer.size() - exchange.filled;
    while (may_have_more_) {
        const ssize_t received =
            ::recv(socket(), exchange.buffer.data() + exchange.filled, room, MSG_DONTWAIT);
        if (received > 0) {
            const auto size = static_cast<std::size_t>(received);
            exchange.filled += size;
            // epoll(7): less than was asked for means that there is no more, but for an end.
            may_have_more_ = size == room || has_hung_up_;
            return Received::some;
        }
        if (received < 0 && is_would_block(errno)) {
            may_have_more_ = false;
        } else if (received == 0 || errno != EINTR) {
            return Received::ended;
        }
    }
    return Received::nothing_yet;
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

bool Connection::begins_to_wait() {
    if (worker_.is_stopping() || !worker_.site().wait) {
        return false;
    }
    const auto longest = worker_.site().wait(exchange_->head);
    if (!longest) {
        return false;
    }
    enter(Phase::waiting);
    deadline_ = std::chrono::steady_clock::now() + *longest;
    return true;
}

void Connection::look_again() {
    if (worker_.is_stopping() || !worker_.site().wait(exchange_->head)) {
        answer_at_once();
    } else if (std::chrono::steady_clock::now() < deadline_) {
        return;
    } else {
        answer_unavailable("1", http::Afterwards::keep);
    }
    if (deliver()) {
        go_on();
    }
}

void Connection::answer_unavailable(std::string_view retry_after, http::Afterwards afterwards) {
    http::Reply reply = http::failure();
    reply.status = http::Status::unavailable;
    reply.add("Retry-After", retry_after);
    http::prepare(std::move(reply), exchange_->head, worker_.every_answer(), afterwards,
                  exchange_->out);
}

bool Connection::answer_at_once() {
    Exchange& exchange = *exchange_;
    if (worker_.is_stopping()) {
        answer_unavailable("5", http::Afterwards::close);
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

void Connection::start_route() {
    enter(Phase::handling);
    const auto ended = [this](const std::exception_ptr& broken) { after_route(broken); };
    asio::co_spawn(worker_.context(), answer_by_route(), ended);
}

void Connection::after_route(const std::exception_ptr& broken) {
    enter(Phase::writing);
    // What has changed meanwhile was not looked at.
    may_have_more_ = true;
    worker_.attend(*this, broken);
}

Task<> Connection::answer_by_route() {
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
    const ssize_t result = ::sendmsg(socket(), &message, MSG_DONTWAIT | MSG_NOSIGNAL | more);
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
    const ssize_t sent = ::sendfile(socket(), span.file->descriptor(), &offset, wanted);
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
void Connection::part() {
    ::shutdown(socket(), SHUT_WR);
    enter(Phase::parting);
    may_have_more_ = true;
    throw_away();
}

void Connection::throw_away() {
    Received received = Received::some;
    while (received == Received::some && thrown_away_ < most_thrown_away) {
        exchange_->clear();
        received = receive();
        thrown_away_ += exchange_->filled;
    }
    if (received != Received::nothing_yet) {
        end();
    }
}

} // namespace server::net
