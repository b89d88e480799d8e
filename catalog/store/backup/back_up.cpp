#include "catalog/store/backup/back_up.h"

#include "catalog/media/media_folder.h"
#include "catalog/store/backup/backup_folder.h"
#include "catalog/store/backup/contents.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <system_error>

#include <sys/stat.h>

namespace catalog::store::backup {

namespace {

namespace fs = std::filesystem;

const std::string catalog_name = "catalog.sqlite";

/// Names of the files in a folder, as they are in the data folder. Nothing where something went while
/// it was listed. Throws where it cannot be listed.
std::optional<std::vector<std::string>> listed(const DataFolder& folder, const std::string& name) {
    std::vector<std::string> files;
    std::error_code error;
    for (fs::recursive_directory_iterator each(folder.root / name, error), end;
         !error && each != end; each.increment(error)) {
        std::error_code gone;
        if (each->is_regular_file(gone)) {
            files.push_back(each->path().lexically_relative(folder.root).string());
        }
    }
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
        return std::nullopt;
    }
    if (error) {
        throw std::system_error(error, "cannot list " + (folder.root / name).string());
    }
    return files;
}

/// Tells a folder from another that takes its place; 0 where there is none.
std::uint64_t identity_of(const fs::path& folder) {
    struct stat status {};
    return ::stat(folder.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// The same in the order in which they are to be copied, playlists first: whoever writes does it the
/// other way round, so what a copied playlist names is there. None where the folder is gone.
std::vector<std::string> files_in(const DataFolder& folder, const std::string& name) {
    constexpr int most_attempts = 10;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        if (auto files = listed(folder, name)) {
            std::ranges::sort(*files);
            std::ranges::stable_partition(
                *files, [](const auto& file) { return file.ends_with(".m3u8"); });
            return std::move(*files);
        }
    }
    return {};
}

/// One backup in the making.
class Copying {
  public:
    Copying(const DataFolder& folder, BackupFolder& place, Unchanged unchanged)
        : folder_(folder), place_(place), unchanged_(unchanged) {}

    /// Copies the catalog as it is now, and what belongs to it. What was copied before and has not
    /// changed since stays. Afterwards `complaints` says what the catalog names and was not there.
    void take_all() {
        complaints_.clear();
        for (const std::string& name : gone_) {
            manifest_.files.erase(name);
        }
        gone_.clear();
        for (const Wanted& wanted : take_catalog()) {
            take(wanted);
        }
    }

    const std::vector<std::string>& complaints() const { return complaints_; }

    /// Throws where what was written is not what was read.
    void verify() const {
        for (const std::string& name : copied_) {
            if (sum_of(place_.staged(name)) != manifest_.files.at(name).sum) {
                throw std::runtime_error(place_.staged(name).string() +
                                         " is not what was written to it: that disk cannot be "
                                         "trusted. The backup was not made.");
            }
        }
    }

    BackupReport commit(time::UtcTime now) {
        manifest_.made_at = now;
        BackupReport report;
        for (const auto& [name, entry] : manifest_.files) {
            ++report.files;
            report.bytes += entry.sum.bytes;
            if (copied_.contains(name)) {
                ++report.copied_files;
                report.copied_bytes += entry.sum.bytes;
            }
        }
        report.complaints = complaints_;
        place_.commit(manifest_);
        return report;
    }

  private:
    std::vector<Wanted> take_catalog() {
        const fs::path copy = place_.place_for(catalog_name);
        fs::remove(copy);
        Catalog(folder_.catalog_file(), Catalog::Access::read).copy_to(copy);
        Catalog taken(copy, Catalog::Access::read);
        if (const auto broken = taken.broken_rows(); !broken.empty()) {
            throw std::runtime_error("the catalog is damaged (" + broken.front() +
                                     "). The backup was not made; what was there is untouched.");
        }
        const FileSum sum = sum_of(copy);
        constexpr unsigned owner_only = 0600;
        note(catalog_name, Entry{sum, {sum.bytes, 0, owner_only}, Entry::Age::growing});
        copied_.insert(catalog_name);
        auto wanted = contents_of(taken);
        forget_all_but(wanted);
        return wanted;
    }

    /// What an earlier pass has copied, and this catalog does not name any more, or that may have
    /// changed since.
    void forget_all_but(const std::vector<Wanted>& wanted) {
        std::set<std::string> finished;
        for (const Wanted& each : wanted) {
            finished.insert(each.age == Entry::Age::finished ? each.name : each.source);
        }
        std::erase_if(manifest_.files, [&](const auto& file) {
            const bool stays = file.first == catalog_name || finished.contains(file.first) ||
                               finished.contains(top_of(file.first));
            if (!stays && copied_.erase(file.first) > 0) {
                fs::remove(place_.staged(file.first));
            }
            return !stays;
        });
    }

    /// "media/<recording>" of a file in it.
    static std::string top_of(const fs::path& path) {
        const auto second = std::next(path.begin());
        return second == path.end() ? path.string() : (*path.begin() / *second).string();
    }

    void take(const Wanted& wanted) {
        const fs::path place = folder_.root / wanted.name;
        if (fs::is_directory(place)) {
            take_whole_folder(wanted);
        } else if (!take_file(wanted.name, wanted.age)) {
            take_elsewhere(wanted);
        }
        if (wanted.gone == Wanted::Gone::kept) {
            keep_what_is_gone(wanted.age == Entry::Age::finished ? wanted.name : wanted.source);
        }
    }

    /// Another folder may take the place of a recording's at once, when something was withdrawn of it: what
    /// was copied of the one before is not of this one.
    void take_whole_folder(const Wanted& wanted) {
        constexpr int most_attempts = 10;
        for (int attempt = 0; attempt < most_attempts; ++attempt) {
            const auto before = identity_of(folder_.root / wanted.name);
            forget_what_is_not_there(wanted.name);
            take_folder(wanted);
            if (identity_of(folder_.root / wanted.name) == before) {
                return;
            }
        }
    }

    /// Of a folder, what an earlier look at it has copied.
    void forget_what_is_not_there(const std::string& name) {
        const std::string inside = name + "/";
        auto each = manifest_.files.lower_bound(inside);
        while (each != manifest_.files.end() && each->first.starts_with(inside)) {
            if (fs::exists(folder_.root / each->first)) {
                ++each;
                continue;
            }
            if (copied_.erase(each->first) > 0) {
                fs::remove(place_.staged(each->first));
            }
            each = manifest_.files.erase(each);
        }
    }

    void take_elsewhere(const Wanted& wanted) {
        if (!wanted.moved_to.empty()) {
            take({.name = wanted.moved_to, .age = Entry::Age::growing, .need = wanted.need});
        } else if (wanted.need == Wanted::Need::must) {
            complaints_.push_back(wanted.name + " is missing in the archive.");
        }
    }

    void take_folder(const Wanted& wanted) {
        for (const std::string& name : files_in(folder_, wanted.name)) {
            take_file(name, name == wanted.source ? Entry::Age::finished : wanted.age);
        }
        if (!wanted.source.empty() && !manifest_.files.contains(wanted.source)) {
            complaints_.push_back(wanted.source + " is missing in the archive.");
        }
        if (wanted.name.starts_with("media/")) {
            look_at_media(wanted);
        }
    }

    /// A folder that was begun anew while it was copied may have an index of one run and files of
    /// another.
    void look_at_media(const Wanted& wanted) {
        const bool is_finished = wanted.age == Entry::Age::finished;
        const auto media = media::read_media_folder(is_finished ? folder_.root / wanted.name
                                                                : place_.staged(wanted.name));
        if (!media && (is_finished || media.error().kind != Refusal::not_ready)) {
            complaints_.push_back(wanted.name + ": " + media.error().message);
        }
    }

    /// False where it is not there.
    bool take_file(const std::string& name, Entry::Age age) {
        const auto state = state_of(folder_.root / name);
        if (!state) {
            return false;
        }
        if (age == Entry::Age::finished &&
            (is_noted(name, *state) || keep(name, *state) || take_up(name, *state))) {
            return true;
        }
        const auto copied = take_copy(folder_.root / name, place_.place_for(name));
        if (copied) {
            note(name, Entry{copied->sum, copied->state, age});
            copied_.insert(name);
            remember(copied->sum.bytes);
        }
        return copied.has_value();
    }

    void note(const std::string& name, Entry entry) {
        entry.original.bytes = entry.sum.bytes;
        manifest_.files.insert_or_assign(name, std::move(entry));
    }

    /// Whether an earlier pass has copied it.
    bool is_noted(const std::string& name, const FileState& state) const {
        const auto found = manifest_.files.find(name);
        return found != manifest_.files.end() && state.modified_ns != 0 &&
               found->second.original == state;
    }

    /// Tells the folder from time to time what it would not have to copy again.
    void remember(std::uint64_t bytes) {
        constexpr std::uint64_t much = std::uint64_t{4} << 30;
        since_remembered_ += bytes;
        if (since_remembered_ < much) {
            return;
        }
        Manifest staged;
        for (const std::string& name : copied_) {
            staged.files.emplace(name, manifest_.files.at(name));
        }
        place_.remember(staged);
        since_remembered_ = 0;
    }

    static const Entry* find(const Manifest& manifest, const std::string& name) {
        const auto found = manifest.files.find(name);
        return found == manifest.files.end() ? nullptr : &found->second;
    }

    /// Whether its original was finished when it was copied, and has not changed since.
    static bool is_of(const Entry& entry, const FileState& state) {
        return entry.age == Entry::Age::finished && state.modified_ns != 0 &&
               entry.original.modified_ns == state.modified_ns && entry.sum.bytes == state.bytes;
    }

    /// Whether a backup that was killed has copied it. It is read back with the others.
    bool take_up(const std::string& name, const FileState& state) {
        const Entry* entry = find(place_.left(), name);
        const auto staged = state_of(place_.staged(name));
        if (!entry || !is_of(*entry, state) || !staged || staged->bytes != state.bytes) {
            return false;
        }
        note(name, *entry);
        copied_.insert(name);
        return true;
    }

    /// Whether the earlier backup's file serves: it was finished then, and nothing has changed.
    bool keep(const std::string& name, const FileState& state) {
        const Entry* entry = place_.earlier() ? find(*place_.earlier(), name) : nullptr;
        if (!entry || !is_of(*entry, state) || !is_sound(name, *entry)) {
            return false;
        }
        manifest_.files.insert_or_assign(name, *entry);
        return true;
    }

    bool is_sound(const std::string& name, const Entry& entry) const {
        const auto there = state_of(place_.kept(name));
        return there && there->bytes == entry.sum.bytes &&
               (unchanged_ == Unchanged::trust || sum_of(place_.kept(name)) == entry.sum);
    }

    /// What was finished does not change. Where the archive has lost or cut such a file, the earlier
    /// backup's is the only one left, and stays. `top`: the file, or the folder that it lies in.
    void keep_what_is_gone(const std::string& top) {
        if (!place_.earlier()) {
            return;
        }
        const auto& files = place_.earlier()->files;
        if (const auto found = files.find(top); found != files.end()) {
            keep_if_gone(found->first, found->second);
        }
        const std::string inside = top + "/";
        for (auto each = files.lower_bound(inside);
             each != files.end() && each->first.starts_with(inside); ++each) {
            keep_if_gone(each->first, each->second);
        }
    }

    void keep_if_gone(const std::string& name, const Entry& entry) {
        const auto now = manifest_.files.find(name);
        const bool is_whole =
            now != manifest_.files.end() && now->second.sum.bytes == entry.sum.bytes;
        if (entry.age == Entry::Age::growing || is_whole || !is_sound(name, entry)) {
            return;
        }
        manifest_.files.insert_or_assign(name, entry);
        if (copied_.erase(name) > 0) {
            fs::remove(place_.staged(name));
        }
        gone_.push_back(name);
        complaints_.push_back(name + " was finished, and is missing or of another size now: the "
                                     "copy of the earlier backup is kept.");
    }

    const DataFolder& folder_;
    BackupFolder& place_;
    Unchanged unchanged_;
    Manifest manifest_;
    std::set<std::string> copied_;
    std::vector<std::string> complaints_;
    std::vector<std::string> gone_;  ///< of the archive, and kept
    std::uint64_t since_remembered_ = 0;
};

} // namespace

BackupReport back_up(const DataFolder& folder, const fs::path& target, time::UtcTime now,
                     Unchanged unchanged) {
    if (!fs::exists(folder.catalog_file())) {
        throw std::runtime_error("There is no catalog in " + folder.root.string() + ".");
    }
    require_apart(folder, target);
    BackupFolder place(target);
    Copying copying(folder, place, unchanged);
    // Something may be removed after the catalog was copied; a catalog of later says so. What a later
    // one still names, and is still not there, the archive lacks.
    constexpr int most_passes = 10;
    std::vector<std::string> before;
    for (int pass = 1; pass <= most_passes; ++pass) {
        copying.take_all();
        if (copying.complaints() == before) {
            break;
        }
        before = copying.complaints();
    }
    place.sync();
    copying.verify();
    return copying.commit(now);
}

} // namespace catalog::store::backup
