#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Boxes of the files that `av::fragment` and `av::init_section` write (ISO/IEC 14496-12), read back. What
/// cannot be was not written by them, and throws std::runtime_error.
namespace transcoder::folder {

inline constexpr std::size_t box_header = 8;

/// Takes big-endian numbers from the front of a box's body.
class Fields {
  public:
    explicit Fields(std::string_view bytes) : rest_(bytes) {}

    std::string_view take(std::size_t count);
    std::uint64_t u64() { return number(8); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    /// A number of 32 bits where it is there.
    std::uint32_t u32_if(bool there, std::uint32_t otherwise) { return there ? u32() : otherwise; }
    bool empty() const { return rest_.empty(); }

  private:
    std::uint64_t number(std::size_t size);

    std::string_view rest_;
};

struct BoxHeader {
    std::uint64_t size;
    std::string_view type;
};

/// Our own boxes are small: none has a size of 64 bits.
BoxHeader take_header(Fields& fields);

/// The body of the first box at a path like "moov/trak".
std::string_view body_at(std::string_view boxes, std::string_view path);

[[noreturn]] void cannot_be_read_back();

} // namespace transcoder::folder
