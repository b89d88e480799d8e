#pragma once

#include "catalog/store/backup/manifest.h"

#include <filesystem>
#include <optional>
#include <string>

namespace catalog::store::backup {

/// Where things lie in the folder of a backup. A new backup is put together in `next` beside the
/// one before, which stays whole until the new one is: then `coming` is written, the files change
/// places, and `coming` becomes `manifest`. A change of places that was cut off is finished by the
/// next backup; a restore reads through it. Before that, `unfinished` tells from time to time what of
/// `next` is durable, so that a long backup that is killed need not begin anew.
struct Places {
    std::filesystem::path root;

    std::filesystem::path lock() const { return root / "kiroku-backup.lock"; }
    std::filesystem::path manifest() const { return root / "manifest.json"; }
    std::filesystem::path coming() const { return root / "manifest.next.json"; }
    std::filesystem::path unfinished() const { return root / "manifest.unfinished.json"; }
    std::filesystem::path data() const { return root / "data"; }
    std::filesystem::path next() const { return root / "next"; }
};

/// A backup as a restore finds it. Nothing is changed in its folder.
class FoundBackup {
  public:
    /// Throws std::runtime_error with a sentence for people where `root` holds no finished backup,
    /// or its manifest is damaged.
    explicit FoundBackup(const std::filesystem::path& root);

    const Manifest& manifest() const { return manifest_; }
    /// Where the file of that name in the manifest lies.
    std::filesystem::path file(const std::string& name) const;

  private:
    Places places_;
    bool is_changing_;  ///< places: a backup was cut off there
    Manifest manifest_;
};

/// The right to make a backup in a folder; held as long as it lives.
class FolderLock {
  public:
    /// Throws std::runtime_error with a sentence for people where somebody else has it.
    explicit FolderLock(const Places& places);
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

  private:
    int descriptor_;
};

/// The folder of a backup, held for making one. What was not committed goes when it does.
class BackupFolder {
  public:
    /// Makes it where it is missing; finishes what an earlier backup was cut off in. Throws
    /// std::runtime_error with a sentence for people where it is something else's, or another
    /// backup is being made there.
    explicit BackupFolder(const std::filesystem::path& root);
    BackupFolder(const BackupFolder&) = delete;
    BackupFolder& operator=(const BackupFolder&) = delete;
    ~BackupFolder();

    const std::optional<Manifest>& earlier() const { return earlier_; }
    /// What a backup that was killed had staged; it may have changed or gone since.
    const Manifest& left() const { return left_; }
    /// Where a file of the earlier backup lies.
    std::filesystem::path kept(const std::string& name) const { return places_.data() / name; }
    /// Where a file of the new one is to be put; the folders above it are made.
    std::filesystem::path place_for(const std::string& name) const;
    std::filesystem::path staged(const std::string& name) const { return places_.next() / name; }

    /// All that was staged is durable.
    void sync() const;
    /// The same, and remembered for the next backup should this one be killed.
    void remember(const Manifest& staged) const;
    /// The new backup takes the place of the earlier one: what was staged, and what was kept.
    void commit(const Manifest& manifest);

  private:
    void change_places(const Manifest& manifest);

    Places places_;
    FolderLock lock_;
    std::optional<Manifest> earlier_;
    Manifest left_;
};

} // namespace catalog::store::backup
