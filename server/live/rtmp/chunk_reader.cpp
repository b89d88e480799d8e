#include "server/live/rtmp/chunk_reader.h"

#include "server/live/rtmp/big_endian.h"

#include <algorithm>
#include <array>

namespace server::live::rtmp {
namespace {

using catalog::Refusal;
using catalog::Result;

constexpr std::uint32_t extended = 0xffffff;
/// Of the message header, by the chunk's format.
constexpr std::array<std::size_t, 4> field_bytes{11, 7, 3, 0};

catalog::Error no_chunk() { return refuse(Refusal::invalid, "this is no chunk of RTMP"); }

struct BasicHeader {
    std::uint32_t chunk_stream;
    std::size_t size;
};

/// RTMP 1.0, 5.3.1.1: ids from 64 on take one byte more, or two. Nothing while they are not there.
std::optional<BasicHeader> read_basic(std::string_view bytes) {
    if (bytes.empty())
        return std::nullopt;
    const auto id = static_cast<unsigned char>(bytes.front()) & 0x3fU;
    if (id > 1)
        return BasicHeader{id, 1};
    const std::size_t size = id == 0 ? 2 : 3;
    if (bytes.size() < size)
        return std::nullopt;
    const auto low = static_cast<unsigned char>(bytes[1]);
    const auto high = size == 3 ? static_cast<unsigned char>(bytes[2]) : 0U;
    return BasicHeader{64U + low + high * 256U, size};
}

std::uint32_t read_little_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (std::size_t at = 4; at-- > 0;)
        number = number << 8 | static_cast<unsigned char>(bytes[at]);
    return number;
}

} // namespace

std::optional<ChunkReader::Header> ChunkReader::read_header(std::string_view bytes) const {
    const auto basic = read_basic(bytes);
    if (!basic)
        return std::nullopt;
    Header header;
    header.format = static_cast<unsigned char>(bytes.front()) >> 6;
    header.chunk_stream = basic->chunk_stream;
    const auto fields = field_bytes[static_cast<std::size_t>(header.format)];
    header.size = basic->size + fields;
    if (bytes.size() < header.size)
        return std::nullopt;
    if (fields > 0) {
        header.time = read_number(bytes.substr(basic->size), 3);
        header.is_extended = header.time == extended;
    } else if (const auto known = streams_.find(header.chunk_stream); known != streams_.end()) {
        header.time = known->second.time_field;
        header.is_extended = known->second.is_extended;
    }
    if (!header.is_extended)
        return header;
    // 5.3.1.3: it follows headers of format 3 too, where the last one of another format had it.
    if (bytes.size() < header.size + 4)
        return std::nullopt;
    header.time = read_number(bytes.substr(header.size), 4);
    header.size += 4;
    return header;
}

Result<void> ChunkReader::begin_message(ChunkStream& chunks, const Header& header,
                                        std::string_view fields) {
    if (header.format <= 1) {
        chunks.length = read_number(fields.substr(3), 3);
        chunks.type = static_cast<std::uint8_t>(fields[6]);
    }
    if (header.format == 0) {
        chunks.stream = read_little_endian(fields.substr(7));
        chunks.timestamp = header.time;
    } else {
        chunks.timestamp += header.time;
    }
    chunks.time_field = header.time;
    chunks.is_extended = header.is_extended;
    if (chunks.length > largest_message)
        return refuse(Refusal::too_large, "a message of RTMP is too large");
    chunks.is_inside = true;
    return {};
}

Result<ChunkReader::ChunkStream*> ChunkReader::begin_chunk(const Header& header,
                                                           std::string_view bytes) {
    const bool is_known = streams_.contains(header.chunk_stream);
    if (!is_known && header.format != 0)
        return no_chunk();
    if (!is_known && streams_.size() == most_chunk_streams)
        return refuse(Refusal::too_large, "RTMP with too many chunk streams");
    auto& chunks = streams_[header.chunk_stream];
    if (chunks.is_inside && header.format == 3)
        return &chunks;
    // Some begin a message anew where they cut one short: what came of that is dropped.
    held_ -= chunks.payload.size();
    chunks.payload.clear();
    const auto basic = read_basic(bytes);
    if (const auto begun = begin_message(chunks, header, bytes.substr(basic->size)); !begun)
        return begun.error();
    return &chunks;
}

Result<std::optional<Message>> ChunkReader::next(std::string_view& bytes) {
    for (;;) {
        if (!current_) {
            const auto header = read_header(bytes);
            if (!header)
                return std::optional<Message>();
            const auto begun = begin_chunk(*header, bytes);
            if (!begun)
                return begun.error();
            bytes.remove_prefix(header->size);
            current_ = *begun;
            left_in_chunk_ = std::min(chunk_size_, current_->length - current_->payload.size());
        }
        const auto taken = std::min(left_in_chunk_, bytes.size());
        if (held_ + taken > largest_held)
            return refuse(Refusal::too_large, "RTMP with too many messages at once");
        current_->payload.append(bytes.substr(0, taken));
        held_ += taken;
        bytes.remove_prefix(taken);
        left_in_chunk_ -= taken;
        if (left_in_chunk_ > 0)
            return std::optional<Message>();
        auto& chunks = *std::exchange(current_, nullptr);
        if (chunks.payload.size() < chunks.length)
            continue;
        held_ -= chunks.payload.size();
        chunks.is_inside = false;
        Message message{chunks.type, chunks.timestamp, chunks.stream,
                        std::exchange(chunks.payload, {})};
        if (const auto followed = follow(message); !followed)
            return followed.error();
        return std::optional(std::move(message));
    }
}

Result<void> ChunkReader::follow(const Message& message) {
    if (message.type != Message::set_chunk_size && message.type != Message::abort)
        return {};
    if (message.payload.size() < 4)
        return no_chunk();
    const auto number = read_number(message.payload, 4);
    if (message.type == Message::set_chunk_size) {
        // 5.4.1: the first bit is zero, and it is at least 1.
        if (number == 0 || number > 0x7fffffff)
            return no_chunk();
        chunk_size_ = number;
    } else if (const auto found = streams_.find(number); found != streams_.end()) {
        held_ -= found->second.payload.size();
        found->second.payload.clear();
        found->second.is_inside = false;
    }
    return {};
}

} // namespace server::live::rtmp
