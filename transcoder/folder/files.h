#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

namespace transcoder::folder {

/// A file that only grows at its end. Throws std::system_error where the disk does not take it.
class AppendFile {
  public:
    /// Opens `path`, made where it is not there, and cuts off what stands behind `size`.
    AppendFile(const std::filesystem::path& path, std::uint64_t size);
    AppendFile(AppendFile&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
    AppendFile& operator=(AppendFile&&) = delete;
    ~AppendFile();

    void append(std::string_view bytes);
    /// What was appended is on the disk (fdatasync).
    void sync();
    std::uint64_t size() const { return size_; }

  private:
    int descriptor_;
    std::uint64_t size_;
};

/// Replaces `path` by `text` at once: after a crash it holds either the old or the new.
void replace_file(const std::filesystem::path& path, std::string_view text);

/// The names in `folder` are on the disk.
void sync_folder(const std::filesystem::path& folder);

} // namespace transcoder::folder
