#pragma once

#include <cstdint>
#include <string>

namespace server::live::rtmp {

/// What RTMP carries (Adobe, RTMP 1.0, December 2012, sections 5.4, 6.2 and 7.1).
struct Message {
    enum Type : std::uint8_t {
        set_chunk_size = 1,
        abort = 2,
        acknowledgement = 3,
        user_control = 4,
        window_size = 5,
        peer_bandwidth = 6,
        audio = 8,
        video = 9,
        amf3_data = 15,
        amf3_command = 17,
        data = 18,
        command = 20,
        aggregate = 22,
    };
    std::uint8_t type = 0;
    std::uint32_t timestamp = 0;  ///< in milliseconds
    std::uint32_t stream = 0;
    std::string payload;

    friend bool operator==(const Message&, const Message&) = default;
};

} // namespace server::live::rtmp
