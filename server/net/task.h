#pragma once

#include <boost/asio/awaitable.hpp>

namespace server::net {

namespace asio = boost::asio;

/// A piece of work that waits without holding a thread. Runs where it was started.
/// Never write a capturing lambda or a brace-built aggregate inside an expression with co_await:
/// g++ 12 destroys it twice. Name it on the line above.
template <class T = void> using Task = asio::awaitable<T>;

} // namespace server::net
