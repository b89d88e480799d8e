#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace catalog::store {

/// Where things lie in the folder that `--data` names.
struct DataFolder {
    std::filesystem::path root;

    std::filesystem::path catalog_file() const { return root / "catalog.sqlite"; }
    std::filesystem::path settings() const { return root / "kiroku.toml"; }
    std::filesystem::path secrets() const { return root / "secrets"; }        ///< 0700: grant keys
    std::filesystem::path media() const { return root / "media"; }            ///< <recording>/
    std::filesystem::path uploads() const { return root / "uploads"; }        ///< <upload>
    std::filesystem::path materials() const { return root / "materials"; }    ///< <random name>
    std::filesystem::path downloads() const { return root / "downloads"; }    ///< can be made again
    std::filesystem::path pages() const { return root / "pages"; }            ///< <a material's file>/
    std::filesystem::path socket() const { return root / "kiroku.sock"; }     ///< of a running server
    std::filesystem::path lock() const { return root / "kiroku.lock"; }       ///< held by the writer
};

/// Makes the folder and those in it, private to their owner. Throws where it cannot.
void create(const DataFolder& folder);

/// A copy of the folder inside it would grow for ever, and go with it. Throws std::runtime_error with
/// a sentence for people where `other`, which need not be there, lies in the folder or around it.
void require_apart(const DataFolder& folder, const std::filesystem::path& other);

/// Another process holds the writer's lock.
struct CatalogInUse : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The right to open the catalog for writing; held as long as it lives (flock on `lock()`).
class WriterLock {
  public:
    /// Throws CatalogInUse where another process holds it.
    explicit WriterLock(const DataFolder& folder);
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;
    ~WriterLock();

  private:
    int descriptor_;
};

} // namespace catalog::store
