#include "server/live/rtmp/chunk_writer.h"

#include "server/live/rtmp/big_endian.h"

#include <algorithm>

namespace server::live::rtmp {
namespace {

/// RTMP 1.0, 5.4: control messages go by chunk stream 2.
constexpr char of_control = 2;
constexpr char of_commands = 3;

void append_little_endian(std::string& bytes, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(number >> shift & 0xff));
}

} // namespace

void append_chunks(std::string& bytes, const Message& message, std::size_t chunk_size) {
    const char id = message.type < Message::audio ? of_control : of_commands;
    bytes.push_back(id);
    append_number(bytes, 0, 3);
    append_number(bytes, static_cast<std::uint32_t>(message.payload.size()), 3);
    bytes.push_back(static_cast<char>(message.type));
    append_little_endian(bytes, message.stream);
    for (std::size_t at = 0; at < message.payload.size(); at += chunk_size) {
        if (at > 0)
            bytes.push_back(static_cast<char>(0xc0 | id));
        bytes.append(message.payload, at, chunk_size);
    }
}

} // namespace server::live::rtmp
