#pragma once

#include "server/net/task.h"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace server::net {

/// Gives what `task` gives; nothing where that takes longer than `limit`, and then it was cancelled.
/// What was offloaded to a pool cannot be cancelled: its end is waited for.
template <class T>
Task<std::optional<T>> within(std::chrono::steady_clock::duration limit, Task<T> task) {
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, limit);
    auto outcome = co_await (std::move(task) || timer.async_wait(asio::use_awaitable));
    std::optional<T> given;
    if (outcome.index() == 0) {
        given.emplace(std::get<0>(std::move(outcome)));
    }
    co_return given;
}

enum class Ended { itself, by_deadline };

inline Task<Ended> within(std::chrono::steady_clock::duration limit, Task<> task) {
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, limit);
    const auto outcome = co_await (std::move(task) || timer.async_wait(asio::use_awaitable));
    co_return outcome.index() == 0 ? Ended::itself : Ended::by_deadline;
}

} // namespace server::net
