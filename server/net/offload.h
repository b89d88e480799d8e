#pragma once

#include "server/net/task.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <type_traits>
#include <utility>

namespace server::net {

/// Threads for what blocks: SQL, fsync, hashing, reading folders.
using Pool = asio::thread_pool;

namespace detail {
template <class Work> Task<std::invoke_result_t<Work&>> run_there(Work work) { co_return work(); }
} // namespace detail

/// Runs `work` on a thread of `pool` and brings its value, or its exception, home to the thread of
/// the caller. `work` owns what it captures, or the caller outlives it. Once begun it runs to its
/// end, even where the caller was cancelled.
template <class Work>
Task<std::invoke_result_t<std::decay_t<Work>&>> offload(Pool& pool, Work&& work) {
    // Asio 1.81 lets an exception out of the pool's thread, which ends the program, where the caller is
    // cancelled while the work runs: so the work never hears of it.
    return asio::co_spawn(pool, detail::run_there<std::decay_t<Work>>(std::forward<Work>(work)),
                          asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable));
}

} // namespace server::net
