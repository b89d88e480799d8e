#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace hls_rules {

using Bytes = std::span<const std::uint8_t>;

/// Bytes that are not what they should be.
struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Takes big-endian numbers from the front of bytes. Throws Malformed at their end.
class ByteReader {
  public:
    explicit ByteReader(Bytes bytes) : rest_(bytes) {}

    Bytes take(std::size_t count);
    void skip(std::size_t count) { take(count); }
    std::uint64_t number(std::size_t bytes);
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    std::string text(std::size_t count);
    bool empty() const { return rest_.empty(); }
    Bytes rest() const { return rest_; }

  private:
    Bytes rest_;
};

/// A file's bytes, mapped as long as it lives. Throws where it cannot be opened.
class MappedFile {
  public:
    explicit MappedFile(const std::filesystem::path& file);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    Bytes bytes() const { return bytes_; }

  private:
    Bytes bytes_;
};

/// A box of ISO/IEC 14496-12.
struct Box {
    std::string type;
    Bytes body;         ///< without its header
    std::size_t offset; ///< of its header, in the bytes that were read
    std::size_t size;   ///< header included
};

/// All boxes, one after the other. Throws Malformed where the last one is not whole.
std::vector<Box> boxes_in(Bytes bytes);

/// The first box of `type`. Throws Malformed where there is none.
const Box& the_box(const std::vector<Box>& boxes, const std::string& type);
/// The body of the box at "moov/trak/mdia". Throws Malformed where there is none.
Bytes body_at(Bytes bytes, const std::string& path);
/// Whether there is a box at `path`.
bool has_box(Bytes bytes, const std::string& path);

} // namespace hls_rules
