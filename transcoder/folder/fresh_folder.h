#pragma once

#include "transcoder/folder/files.h"

#include <filesystem>
#include <string_view>

namespace transcoder::folder {

/// A folder that comes into being as a whole: its files are written beside it (`<name>.new`), and
/// it takes its name when all are on the disk. What an earlier run left of either goes.
class FreshFolder {
  public:
    explicit FreshFolder(std::filesystem::path path);

    /// An empty file that grows; it is to be synced.
    AppendFile open(const std::filesystem::path& name) const;
    void write(const std::filesystem::path& name, std::string_view bytes) const;
    void finish() const;

  private:
    std::filesystem::path path_;
    std::filesystem::path fresh_;
};

} // namespace transcoder::folder
