#pragma once

#include <filesystem>
#include <string>

namespace test {

/// An empty folder of its own, which goes with all that is in it when this does.
class TemporaryFolder {
  public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::filesystem::path& name) const {
        return path_ / name;
    }

    /// Makes the file, or replaces it.
    void write(const std::filesystem::path& name, const std::string& content) const;
    std::string read(const std::filesystem::path& name) const;
    void remove(const std::filesystem::path& name) const;

  private:
    std::filesystem::path path_;
};

} // namespace test
