#pragma once

#include "catalog/result.h"
#include "server/live/rtmp/message.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace server::live::rtmp {

/// Puts messages together from the chunks of a stream (RTMP 1.0, 5.3). What it holds is bounded,
/// whatever comes: `most_chunk_streams` messages that are not whole, `largest_held` bytes in all.
class ChunkReader {
  public:
    static constexpr std::size_t most_chunk_streams = 16;
    static constexpr std::size_t largest_message = 8 << 20;
    static constexpr std::size_t largest_held = 12 << 20;

    /// Takes bytes from the front of `bytes` until a message is whole; nothing where more is needed.
    /// An unfinished header stays in `bytes`. Set Chunk Size and Abort are followed here, and given
    /// as well. Refuses (invalid) what is no chunk, (too_large) what does not fit the bounds.
    catalog::Result<std::optional<Message>> next(std::string_view& bytes);

  private:
    struct Header {
        int format = 0;
        std::uint32_t chunk_stream = 0;
        std::size_t size = 0;       ///< of itself, in bytes
        std::uint32_t time = 0;     ///< a timestamp or a difference, by its format
        bool is_extended = false;
    };
    struct ChunkStream {
        std::uint32_t timestamp = 0;
        std::uint32_t time_field = 0;   ///< as the last header said: what the next one of format 3 adds
        bool is_extended = false;
        std::uint32_t length = 0;
        std::uint8_t type = 0;
        std::uint32_t stream = 0;
        std::string payload;            ///< so far
        bool is_inside = false;         ///< a message has begun that is not whole
    };

    /// Nothing while it is not all there.
    std::optional<Header> read_header(std::string_view bytes) const;
    catalog::Result<ChunkStream*> begin_chunk(const Header& header, std::string_view bytes);
    catalog::Result<void> begin_message(ChunkStream& chunks, const Header& header,
                                        std::string_view fields);
    catalog::Result<void> follow(const Message& message);

    std::map<std::uint32_t, ChunkStream> streams_;
    std::size_t chunk_size_ = 128;
    std::size_t held_ = 0;               ///< bytes of messages that are not whole
    ChunkStream* current_ = nullptr;     ///< whose chunk is being read
    std::size_t left_in_chunk_ = 0;
};

} // namespace server::live::rtmp
