#pragma once

#include <filesystem>

namespace catalog::store::backup {

/// A folder in the making, beside the place that it will have: `<root>.partial`. Goes with all that
/// is in it, unless it was put in place.
class PartialFolder {
  public:
    /// Throws std::runtime_error with a sentence for people where `root` is there and not empty, or
    /// the folder cannot be put there. What was left of one whose maker was killed is removed.
    explicit PartialFolder(const std::filesystem::path& root);
    PartialFolder(const PartialFolder&) = delete;
    PartialFolder& operator=(const PartialFolder&) = delete;
    ~PartialFolder();

    /// Readable by its owner alone.
    const std::filesystem::path& path() const { return place_; }
    /// All of it is durable, and has its place.
    void put_in_place();

  private:
    std::filesystem::path mark() const { return place_ / ".kiroku-partial"; }

    std::filesystem::path root_;
    std::filesystem::path place_;
};

} // namespace catalog::store::backup
