#pragma once

#include "server/descriptor.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace server::upload {

/// What an upload's bytes are appended to. Its size is how much has come; what was synced is how
/// much may be acknowledged. Blocks; used by one request at a time.
class UploadFile {
  public:
    /// Makes an empty file and has the disk keep `length` bytes for it, and makes its name durable.
    /// Throws std::system_error (no_space_on_device where the disk has no room).
    static void make(const std::filesystem::path& path, std::uint64_t length);

    /// Makes durable what an earlier request left there. Throws std::system_error where it cannot,
    /// or where there is no such file.
    explicit UploadFile(const std::filesystem::path& path);

    std::uint64_t size() const { return size_; }
    /// Throws std::system_error; what was written before stays.
    void append(std::span<const std::byte> bytes);
    /// Makes all that was appended durable, then gives the size. Where the disk fails, what was not
    /// durable before is cut off, since nobody can tell what became of it; throws.
    std::uint64_t sync();

  private:
    Descriptor file_;
    std::uint64_t size_;
    std::uint64_t synced_;
};

/// Makes the names in a folder durable.
void sync_folder(const std::filesystem::path& folder);

/// Bytes that the disk holds or keeps for a file; 0 where there is none.
std::uint64_t kept_bytes(const std::filesystem::path& path);

/// Bytes that the disk under `folder` has left.
std::uint64_t free_bytes(const std::filesystem::path& folder);

} // namespace server::upload
