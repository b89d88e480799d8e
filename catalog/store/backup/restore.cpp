#include "catalog/store/backup/restore.h"

#include "catalog/store/backup/backup_folder.h"
#include "catalog/store/backup/partial_folder.h"

#include <stdexcept>

namespace catalog::store::backup {

namespace {

namespace fs = std::filesystem;

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
