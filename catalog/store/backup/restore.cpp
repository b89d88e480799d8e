#include "catalog/store/backup/restore.h"

#include "catalog/store/backup/backup_folder.h"

#include <sys/stat.h>

#include <stdexcept>
#include <system_error>

namespace catalog::store::backup {

namespace {

namespace fs = std::filesystem;

dev_t device_of(const fs::path& place) {
    struct stat about {};
    if (::stat(place.c_str(), &about) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot look at " + place.string());
    }
    return about.st_dev;
}

/// The folder in which a restore works, beside the one that it makes. Goes with all that is in it,
/// unless it was put in place.
class PartialFolder {
  public:
    explicit PartialFolder(const fs::path& root) : root_(root), place_(root.string() + ".partial") {
        require_free();
        fs::create_directories(root_.parent_path());
        if (fs::exists(root_) && device_of(root_) != device_of(root_.parent_path())) {
            throw std::runtime_error(root_.string() +
                                     " is a disk of its own. Name a folder on it that is not there "
                                     "yet.");
        }
        // One that a restore left that was killed; what else is called so stays.
        if (fs::exists(place_) && !fs::exists(mark())) {
            throw std::runtime_error(place_.string() +
                                     " is in the way. Move it elsewhere, and begin again.");
        }
        fs::remove_all(place_);
        fs::create_directory(place_);
        fs::permissions(place_, fs::perms::owner_all, fs::perm_options::replace);
        write_durably(mark(), "");
    }
    PartialFolder(const PartialFolder&) = delete;
    PartialFolder& operator=(const PartialFolder&) = delete;
    ~PartialFolder() {
        std::error_code ignored; // the next restore removes it
        fs::remove_all(place_, ignored);
    }

    const fs::path& path() const { return place_; }

    void put_in_place() {
        fs::remove(mark());
        sync_file_system(place_);
        fs::rename(place_, root_);
        sync_file_system(root_.parent_path());
    }

  private:
    fs::path mark() const { return place_ / ".kiroku-restore"; }

    void require_free() const {
        if (fs::exists(root_) && !(fs::is_directory(root_) && fs::is_empty(root_))) {
            throw std::runtime_error(root_.string() +
                                     " is there already, and not empty. A backup is put back only "
                                     "where nothing is; move that away first.");
        }
    }

    fs::path root_;
    fs::path place_;
};

void require_room(const fs::path& place, const Manifest& manifest) {
    std::uint64_t needed = 0;
    for (const auto& [name, entry] : manifest.files) {
        needed += entry.sum.bytes;
    }
    const auto available = fs::space(place).available;
    if (available < needed) {
        throw std::runtime_error("There is no room left for the backup at " + place.string() +
                                 ": it has " + std::to_string(needed) + " bytes, and " +
                                 std::to_string(available) + " are free.");
    }
}

void put_back(const fs::path& from, const fs::path& to, const Entry& entry) {
    fs::create_directories(to.parent_path());
    const auto copied = take_copy(from, to);
    if (!copied) {
        throw std::runtime_error(from.string() + " is missing. The backup was not put back.");
    }
    if (copied->sum != entry.sum) {
        throw std::runtime_error(from.string() +
                                 " is damaged: it is not what was backed up. The backup was not put "
                                 "back.");
    }
    dress(to, entry.original);
}

} // namespace

RestoreReport restore(const fs::path& backup, const DataFolder& to) {
    const FoundBackup found(backup);
    PartialFolder partial(to.root);
    require_room(partial.path(), found.manifest());
    create(DataFolder{partial.path()});
    RestoreReport report;
    report.made_at = found.manifest().made_at;
    for (const auto& [name, entry] : found.manifest().files) {
        put_back(found.file(name), partial.path() / name, entry);
        ++report.files;
        report.bytes += entry.sum.bytes;
    }
    partial.put_in_place();
    return report;
}

} // namespace catalog::store::backup
