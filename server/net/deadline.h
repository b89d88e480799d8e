#pragma once

#include "server/net/task.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace server::net {

/// A task whose failure is a value: `||` waits on for its other side where one throws.
template <class T>
auto told(const asio::any_io_executor& executor, Task<T> task) {
    return asio::co_spawn(executor, std::move(task), outcome);
}

/// Gives what `task` gives, or throws what it throws; nothing where that takes longer than `limit`,
/// and then it was cancelled.
/// What was offloaded to a pool cannot be cancelled: its end is waited for.
template <class T>
Task<std::optional<T>> within(std::chrono::steady_clock::duration limit, Task<T> task) {
    using namespace asio::experimental::awaitable_operators;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, limit);
    auto first =
        co_await (told(executor, std::move(task)) || timer.async_wait(asio::use_awaitable));
    std::optional<T> given;
    if (auto* ended = std::get_if<0>(&first)) {
        auto& [failure, value] = *ended;
        if (failure)
            std::rethrow_exception(failure);
        given.emplace(std::move(value));
    }
    co_return given;
}

enum class Ended { itself, by_deadline };

inline Task<Ended> within(std::chrono::steady_clock::duration limit, Task<> task) {
    using namespace asio::experimental::awaitable_operators;
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, limit);
    const auto first =
        co_await (told(executor, std::move(task)) || timer.async_wait(asio::use_awaitable));
    const auto* ended = std::get_if<0>(&first);
    if (ended && std::get<0>(*ended))
        std::rethrow_exception(std::get<0>(*ended));
    co_return ended ? Ended::itself : Ended::by_deadline;
}

} // namespace server::net
