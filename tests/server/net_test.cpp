#include "server/net/deadline.h"
#include "server/net/loggable.h"
#include "server/net/offload.h"
#include "server/net/task_group.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <catch2/catch.hpp>

#include <functional>
#include <future>
#include <thread>

using namespace server::net;
using namespace std::chrono_literals;

namespace {

/// Runs a task to its end and gives what it gives, or throws what it throws.
template <class T> T result_of(asio::io_context& context, Task<T> task) {
    std::optional<T> given;
    std::exception_ptr broken;
    asio::co_spawn(context, std::move(task), [&](std::exception_ptr failure, T value) {
        broken = failure;
        given = std::move(value);
    });
    context.restart();
    context.run();
    if (broken) {
        std::rethrow_exception(broken);
    }
    return std::move(*given);
}

Task<> wait_for(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
}

Task<int> answer_after(std::chrono::milliseconds time) {
    co_await wait_for(time);
    co_return 42;
}

Task<int> break_down() {
    co_await wait_for(1ms);
    throw std::runtime_error("a world that broke");
}

Task<> break_down_quietly() {
    co_await wait_for(0ms);
    throw std::runtime_error("a world that broke");
}

Task<bool> comes_home(Pool& pool) {
    const auto home = std::this_thread::get_id();
    auto work = [] { return std::this_thread::get_id(); };
    const auto there = co_await offload(pool, work);
    co_return there != home && std::this_thread::get_id() == home;
}

Task<int> offload_failure(Pool& pool) {
    auto work = []() -> int { throw std::runtime_error("a disk that broke"); };
    co_return co_await offload(pool, work);
}

Task<> offload_and_wait(Pool& pool, std::function<void()> work) {
    co_await offload(pool, std::move(work));
}

Task<std::size_t> joined(TaskGroup& group, std::chrono::milliseconds limit) {
    co_return co_await group.joined(limit);
}

} // namespace

TEST_CASE("no log has an address that plays or signs in", "[server]") {
    CHECK(loggable("/play/AQAAAXy2/lec-01/main.m3u8") == "/play/...");
    CHECK(loggable("/join/nzq5jnTgMUQe6FXo7TqhQo") == "/join/...");
    CHECK(loggable("/answer/nzq5jnTgMUQe6FXo7TqhQo") == "/answer/...");
    CHECK(loggable("/password/nzq5jnTgMUQe6FXo7TqhQo") == "/password/...");
    CHECK(loggable("/videos/lec-01") == "/videos/lec-01");
}

TEST_CASE("offloaded work runs elsewhere, and its value and its failure come home", "[server]") {
    asio::io_context context;
    Pool pool(1);
    CHECK(result_of(context, comes_home(pool)));
    CHECK_THROWS_WITH(result_of(context, offload_failure(pool)), "a disk that broke");
}

TEST_CASE("offloaded work runs to its end where its caller is cancelled meanwhile", "[server]") {
    // A server that was told to stop in such a moment ended by SIGABRT.
    asio::io_context context;
    Pool pool(2);
    TaskGroup group(context.get_executor());
    std::promise<void> begun;
    std::promise<void> cancelled;
    bool ended = false;
    auto work = [&] {
        begun.set_value();
        cancelled.get_future().wait();
        ended = true;
    };
    group.spawn("offloads", offload_and_wait(pool, work));
    std::thread runs([&context] { context.run(); });
    begun.get_future().wait();
    group.cancel();
    // The pool's other thread hears of it first.
    auto release = [&cancelled] { cancelled.set_value(); };
    asio::post(context, [&pool, &release] { asio::post(pool, release); });
    runs.join();
    CHECK(ended);
    CHECK(group.size() == 0);
}

TEST_CASE("a task within its limit gives its value or its failure, else nothing", "[server]") {
    asio::io_context context;
    CHECK(result_of(context, within(10s, answer_after(0ms))) == 42);
    CHECK_FALSE(result_of(context, within(5ms, answer_after(1h))).has_value());
    CHECK_THROWS_WITH(result_of(context, within(10s, break_down())), "a world that broke");
    CHECK(result_of(context, within(10s, wait_for(0ms))) == Ended::itself);
    CHECK(result_of(context, within(5ms, wait_for(1h))) == Ended::by_deadline);
}

TEST_CASE("a group waits for its tasks, and outlives those that break", "[server]") {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    group.spawn("short", wait_for(1ms));
    group.spawn("broken", break_down_quietly());
    CHECK(result_of(context, joined(group, 10s)) == 0);
    CHECK(group.size() == 0);
}

TEST_CASE("a group that is cancelled ends what its tasks wait for", "[server]") {
    asio::io_context context;
    TaskGroup group(context.get_executor());
    group.spawn("long", wait_for(1h));
    group.spawn("longer", wait_for(2h));
    // The tasks run, and are waited for in vain.
    auto in_vain = joined(group, 5ms);
    bool were_left = false;
    auto cancel = [&](const std::exception_ptr&, std::size_t left) {
        were_left = left == 2;
        group.cancel();
    };
    asio::co_spawn(context, std::move(in_vain), cancel);
    context.run();
    CHECK(were_left);
    CHECK(group.size() == 0);
}
