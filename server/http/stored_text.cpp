#include "server/http/stored_text.h"

#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace server::http {

namespace {

/// A hash of 64 bits: enough to tell versions of a text apart.
std::string tag_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
    for (const char letter : text) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string tag;
    for (int shift = 60; shift >= 0; shift -= 4) {
        tag.push_back(digits[(hash >> static_cast<unsigned>(shift)) & 0xfU]);
    }
    return tag;
}

} // namespace

std::string gzip(std::string_view text) {
    z_stream stream{};
    constexpr int level = 5;
    constexpr int window_bits_of_gzip = 15 + 16;
    if (deflateInit2(&stream, level, Z_DEFLATED, window_bits_of_gzip, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::runtime_error("deflateInit2 found no memory");
    }
    std::string zipped(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(zipped.data());
    stream.avail_out = static_cast<uInt>(zipped.size());
    const int ended = deflate(&stream, Z_FINISH);
    zipped.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END) {
        throw std::runtime_error("deflate did not end within its bound");
    }
    return zipped;
}

std::shared_ptr<const StoredText> store_text(std::string text) {
    auto stored = std::make_shared<StoredText>();
    const std::string tag = tag_of(text);
    stored->etag = '"' + tag + '"';
    stored->gzipped = gzip(text);
    stored->plain = std::move(text);
    if (stored->gzipped.size() >= stored->plain.size()) {
        stored->gzipped.clear();
        stored->gzipped.shrink_to_fit();
    } else {
        stored->gzipped.shrink_to_fit();
        stored->gzipped_etag = '"' + tag + "-gz\"";
    }
    return stored;
}

} // namespace server::http
