#include "server/control/listener.h"

#include "server/control/change.h"
#include "server/net/deadline.h"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <spdlog/spdlog.h>

#include <sys/stat.h>
#include <unistd.h>

namespace server::control {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using asio::local::stream_protocol;

constexpr std::size_t longest_line = 64 << 20;
constexpr auto longest_wait = 30s;

/// A socket at `path` that only its owner may open.
stream_protocol::acceptor listen_at(const std::string& path, asio::any_io_executor executor) {
    ::unlink(path.c_str());
    constexpr mode_t not_for_others = 0177;
    const auto before = ::umask(not_for_others);
    stream_protocol::acceptor acceptor(std::move(executor), stream_protocol::endpoint(path));
    ::umask(before);
    return acceptor;
}

net::Task<std::string> read_line(stream_protocol::socket& socket) {
    std::string line;
    auto buffer = asio::dynamic_buffer(line, longest_line);
    co_await asio::async_read_until(socket, buffer, '\n', asio::use_awaitable);
    co_return line;
}

} // namespace

Listener::Listener(const Parts& parts, asio::any_io_executor executor)
    : parts_(parts), address_(parts.folder),
      acceptor_(listen_at(address_.path(), std::move(executor))) {}

Listener::~Listener() { ::unlink(address_.path().c_str()); }

net::Task<> Listener::serve(net::TaskGroup& tasks) {
    asio::steady_timer pause(acceptor_.get_executor());
    for (;;) {
        auto [error, socket] = co_await acceptor_.async_accept(net::outcome);
        if (!error) {
            tasks.spawn("a command", answer(std::move(socket)));
            continue;
        }
        // No descriptor is left, say: there will be one again.
        pause.expires_after(1s);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

net::Task<> Listener::answer(Socket socket) {
    auto line = co_await net::within(longest_wait, read_line(socket));
    if (!line)
        co_return;
    const auto answer = co_await answer_to(std::move(*line));
    co_await asio::async_write(socket, asio::buffer(answer), asio::use_awaitable);
}

net::Task<std::string> Listener::answer_to(std::string line) {
    const auto change = read_change(line);
    if (!change)
        co_return to_line(Answer{{}, {change.error().message}});
    auto make = [this, &change](catalog::store::Catalog& catalog) {
        auto answer = apply(catalog, *change, parts_.clock.now(), parts_.zone);
        if (answer.refused.empty())
            parts_.play_table.rebuild(play::playable_videos(catalog));
        return answer;
    };
    const auto answer = co_await parts_.writer.run(std::move(make));
    if (const auto* end = std::get_if<EndLive>(&*change); end && answer.refused.empty())
        parts_.live.finish(end->video);
    co_return to_line(answer);
}

} // namespace server::control
