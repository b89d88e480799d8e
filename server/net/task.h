#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace server::net {

namespace asio = boost::asio;

/// A piece of work that waits without holding a thread. Runs where it was started.
/// Never write a capturing lambda or a brace-built aggregate inside an expression with co_await:
/// g++ 12 destroys it twice. Name it on the line above.
template <class T = void> using Task = asio::awaitable<T>;

/// How to wait for input and output: `const auto [error, size] = co_await read(…, outcome);`
/// The outcome is told, not thrown.
inline constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

} // namespace server::net
