#pragma once

#include "server/live/rtmp/message.h"

#include <string>

namespace server::live::rtmp {

/// What the other side is told once, before anything else is sent in chunks of this size.
constexpr std::size_t our_chunk_size = 4096;

/// The chunks of a message of ours: of format 0, then 3. Timestamp 0, as answers have.
void append_chunks(std::string& bytes, const Message& message, std::size_t chunk_size);

} // namespace server::live::rtmp
