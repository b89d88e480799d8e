#pragma once

#include "catalog/store/backup/file_copy.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace server::handover {

/// The folder of a handover in the making, which knows the SHA-256 of all that it holds.
class Folder {
  public:
    explicit Folder(std::filesystem::path root) : root_(std::move(root)) {}

    void put(const std::string& name, const std::string& text);
    /// Throws std::runtime_error with a sentence for people where `from` is not there.
    void copy(const std::string& name, const std::filesystem::path& from);

    bool holds(const std::string& name) const { return sums_.contains(name); }

    /// Reads everything back from the disk, and writes what `sha256sum -c` takes: checksums.sha256.
    /// Throws std::runtime_error where something is not what was written.
    void finish();

    std::size_t files() const { return sums_.size(); }
    std::uint64_t bytes() const;

  private:
    std::filesystem::path place_for(const std::string& name) const;

    std::filesystem::path root_;
    std::map<std::string, catalog::store::backup::FileSum> sums_;
};

} // namespace server::handover
