#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace server::net {

/// How long things may take, and how many there may be.
struct Limits {
    std::size_t connections = 10'000;           ///< of all contexts together; idle ones go first
    std::chrono::milliseconds head{10'000};     ///< from the first byte to the end of the fields
    std::chrono::milliseconds idle{30'000};     ///< between requests
    std::chrono::milliseconds stalled{30'000};  ///< a reader that takes nothing
    std::chrono::milliseconds parting{2'000};   ///< to read the last answer
    std::chrono::milliseconds body_window{60'000};
    std::uint64_t body_bytes_a_window = 64 * 1024;  ///< a body that comes more slowly is cut off
    std::chrono::milliseconds stop{10'000};     ///< for what runs when `stop` is called
    std::chrono::milliseconds sweep{500};       ///< how coarse the deadlines are
};

struct Listening {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any that is free
    unsigned threads = 0;    ///< 0: one a core
};

} // namespace server::net
