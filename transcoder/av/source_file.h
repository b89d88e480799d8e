#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

namespace transcoder::av {

/// The one file a run reads, open for reading. Any number of inputs may read it at once: each
/// keeps its own place, the descriptor's is never used.
class SourceFile {
  public:
    /// Throws std::system_error where `path` cannot be opened.
    static SourceFile open(const std::filesystem::path& path);

    SourceFile(SourceFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    SourceFile& operator=(SourceFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~SourceFile();

    /// Stays this object's.
    int descriptor() const { return descriptor_; }
    bool is_regular() const;
    std::uint64_t size() const;
    /// When it was last changed, in nanoseconds since 1970.
    std::int64_t changed_ns() const;

    /// Reads into `bytes` from `offset`; gives how many were there, 0 at the end. Throws
    /// std::system_error.
    std::size_t read(std::uint64_t offset, std::span<std::byte> bytes) const;

  private:
    explicit SourceFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

} // namespace transcoder::av
