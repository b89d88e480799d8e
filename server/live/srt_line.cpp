#include "server/live/srt_line.h"

#include <boost/asio/post.hpp>

#include <spdlog/spdlog.h>

namespace server::live {

namespace asio = net::asio;

SrtLine::SrtLine(std::string key, asio::any_io_executor executor)
    : key_(std::move(key)), bell_(std::move(executor)) {
    bell_.expires_at(std::chrono::steady_clock::time_point::max());
}

void SrtLine::came(std::string bytes) {
    waiting_bytes_ += bytes.size();
    asio::post(bell_.get_executor(), [self = shared_from_this(), bytes = std::move(bytes)]() mutable {
        self->waiting_.push_back(std::move(bytes));
        self->bell_.cancel();
    });
}

void SrtLine::ended() {
    asio::post(bell_.get_executor(), [self = shared_from_this()] {
        self->has_ended_ = true;
        self->bell_.cancel();
    });
}

net::Task<> SrtLine::publish(std::shared_ptr<SrtLine> line, LiveRunner& runner) {
    LiveRunner::Asking asking;
    asking.key = line->key_;
    asking.protocol = "srt";
    asking.container = Publication::Container::mpegts;
    asking.cut = [weak = std::weak_ptr(line)] {
        if (const auto open = weak.lock())
            open->unwanted_ = true;
    };
    const auto admitted = co_await runner.admit(std::move(asking));
    if (admitted) {
        const auto publication = *admitted;
        co_await line->pass_on(*publication);
        publication->close();
    } else {
        spdlog::info("A publisher was refused: {}", admitted.error().message);
    }
    line->unwanted_ = true;
}

net::Task<> SrtLine::pass_on(Publication& publication) {
    for (;;) {
        while (waiting_.empty() && !has_ended_ && !unwanted_)
            co_await bell_.async_wait(net::outcome);
        if (waiting_.empty())
            co_return;
        auto bytes = std::move(waiting_.front());
        waiting_.pop_front();
        const auto size = bytes.size();
        Piece piece(std::move(bytes));
        const bool goes_on = co_await publication.take(std::move(piece));
        waiting_bytes_ -= size;
        if (!goes_on)
            co_return;
    }
}

} // namespace server::live
