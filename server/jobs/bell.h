#pragma once

#include "server/net/task.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>

namespace server::jobs {

/// Wakes a task that looks for work from time to time. Used on its executor only, but for `ring`.
struct Bell : std::enable_shared_from_this<Bell> {
    explicit Bell(const net::asio::any_io_executor& executor) : timer(executor) {}

    void ring() {
        net::asio::post(timer.get_executor(), [self = shared_from_this()] {
            self->has_rung = true;
            self->timer.cancel();
        });
    }
    /// At once where it has rung since the last time.
    net::Task<> wait(std::chrono::steady_clock::duration longest) {
        timer.expires_after(longest);
        if (!has_rung)
            co_await timer.async_wait(net::outcome);
        has_rung = false;
    }

    net::asio::steady_timer timer;
    bool has_rung = false;
};

} // namespace server::jobs
