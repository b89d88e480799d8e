#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace server::http {

/// A file open for reading, closed with its last owner.
class OpenFile {
  public:
    /// Throws std::system_error where it cannot.
    static std::shared_ptr<const OpenFile> open(const std::filesystem::path& path);

    /// Takes the descriptor.
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();

    int descriptor() const { return descriptor_; }
    /// Its size now.
    std::uint64_t size() const;

  private:
    int descriptor_;
};

/// Bytes of a file, sent by sendfile; answers Range.
struct FileSpan {
    std::shared_ptr<const OpenFile> file;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

} // namespace server::http
