#include "server/live/rtmp_listener.h"

#include "server/net/deadline.h"

#include <boost/asio/write.hpp>

#include <spdlog/spdlog.h>

#include <array>

namespace server::live {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using asio::ip::tcp;

constexpr std::size_t most_lines = 64;
constexpr auto longest_silence = 20s;
constexpr auto longest_greeting = 10s;
constexpr auto longest_answering = 10s;
constexpr auto longest_farewell = 2s;

} // namespace

/// A connection, and what is said on it.
struct RtmpListener::Line : std::enable_shared_from_this<Line> {
    Line(Socket accepted, std::size_t& open) : socket(std::move(accepted)), lines(open) { ++lines; }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() {
        hang_up();
        --lines;
    }

    void hang_up() {
        if (publication)
            publication->close();
    }

    net::Task<bool> send_answers() {
        const auto answers = conversation.take_answers();
        if (answers.empty())
            co_return true;
        const auto sent = co_await net::within(longest_answering, send(answers));
        co_return sent.value_or(false);
    }

    net::Task<bool> send(const std::string& bytes) {
        const auto [error, size] = co_await asio::async_write(socket, asio::buffer(bytes), net::outcome);
        co_return !error;
    }

    /// How many bytes came; 0 where none will.
    net::Task<std::size_t> receive() {
        const auto [error, size] = co_await socket.async_read_some(asio::buffer(buffer), net::outcome);
        co_return error ? 0 : size;
    }

    /// Closing with bytes unread would take the last answer back: reads them away for a moment.
    net::Task<> say_farewell() {
        boost::system::error_code ignored;
        socket.shutdown(tcp::socket::shutdown_send, ignored);
        while (co_await receive() > 0) {
        }
    }

    Socket socket;
    std::size_t& lines;  ///< how many are open
    rtmp::Conversation conversation;
    std::shared_ptr<Publication> publication;
    std::array<char, 64 * 1024> buffer{};
};

RtmpListener::RtmpListener(const net::Listening& listening, LiveRunner& runner,
                           net::TaskGroup& tasks, asio::any_io_executor executor)
    : runner_(runner), tasks_(tasks),
      acceptor_(std::move(executor),
                tcp::endpoint(asio::ip::make_address(listening.address), listening.port)) {}

net::Task<> RtmpListener::serve() {
    asio::steady_timer pause(acceptor_.get_executor());
    for (;;) {
        auto [error, socket] = co_await acceptor_.async_accept(net::outcome);
        if (!error && lines_ < most_lines) {
            auto line = std::make_shared<Line>(std::move(socket), lines_);
            tasks_.spawn("a publisher", converse(std::move(line)));
            continue;
        }
        pause.expires_after(100ms);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

net::Task<> RtmpListener::converse(std::shared_ptr<Line> line) {
    co_await hear(*line);
    line->hang_up();
    co_await net::within(longest_farewell, line->say_farewell());
}

net::Task<> RtmpListener::hear(Line& line) {
    const auto must_publish_by = std::chrono::steady_clock::now() + longest_greeting;
    while (line.conversation.state() != rtmp::Conversation::State::ended) {
        const auto limit = line.publication
                               ? longest_silence
                               : must_publish_by - std::chrono::steady_clock::now();
        const auto came = co_await net::within(limit, line.receive());
        if (!came || *came == 0)
            co_return;
        const std::string_view bytes(line.buffer.data(), *came);
        const auto received = line.conversation.receive(bytes);
        const bool goes_on = co_await step(line);
        if (!received)
            spdlog::info("A publisher was sent away: {}", received.error().message);
        if (!received || !goes_on)
            co_return;
    }
}

net::Task<bool> RtmpListener::step(Line& line) {
    if (line.conversation.state() == rtmp::Conversation::State::asks) {
        const bool is_in = co_await let_in(line);
        if (!is_in)
            co_return false;
    }
    const bool is_answered = co_await line.send_answers();
    if (!is_answered)
        co_return false;
    co_return co_await pass_on(line);
}

net::Task<bool> RtmpListener::let_in(Line& line) {
    LiveRunner::Asking asking;
    asking.key = line.conversation.key();
    asking.protocol = "rtmp";
    asking.container = Publication::Container::flv;
    asking.cut = [weak = line.weak_from_this()] {
        boost::system::error_code ignored;
        if (const auto open = weak.lock())
            open->socket.shutdown(tcp::socket::shutdown_receive, ignored);
    };
    const auto admitted = co_await runner_.admit(std::move(asking));
    if (!admitted) {
        spdlog::info("A publisher was refused: {}", admitted.error().message);
        line.conversation.refuse_publisher(admitted.error().message);
        co_await line.send_answers();
        co_return false;
    }
    line.publication = *admitted;
    const auto accepted = line.conversation.accept();
    co_return accepted.has_value();
}

net::Task<bool> RtmpListener::pass_on(Line& line) {
    for (auto& tag : line.conversation.take_tags()) {
        if (!line.publication)
            co_return false;
        Piece piece(std::move(tag));
        const bool is_wanted = co_await line.publication->take(std::move(piece));
        if (!is_wanted)
            co_return false;
    }
    co_return true;
}

} // namespace server::live
