#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace server::http {

/// A file open for reading, closed with its last owner.
class OpenFile {
  public:
    /// Throws std::system_error where it cannot.
    static std::shared_ptr<const OpenFile> open(const std::filesystem::path& path);
    /// A folder, for `find_in`. Null where there is none; throws std::system_error where it cannot.
    static std::shared_ptr<const OpenFile> find_folder(const std::filesystem::path& path);
    /// A plain file of an open folder; `name` has no slash. Null where there is none, throws
    /// std::system_error where it cannot. Waits for nothing but the disk.
    static std::shared_ptr<const OpenFile> find_in(const OpenFile& folder, const std::string& name);

    /// Takes the descriptor.
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();

    int descriptor() const { return descriptor_; }
    /// Its size now.
    std::uint64_t size() const;
    /// Tells it from what it was before it was written again, and from a file in its place.
    std::string version() const;
    /// All that it holds; nothing where it is larger than `largest`. Throws std::system_error where it
    /// cannot be read.
    std::optional<std::string> text(std::uint64_t largest) const;

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
