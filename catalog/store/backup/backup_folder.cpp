#include "catalog/store/backup/backup_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace catalog::store::backup {

namespace {

namespace fs = std::filesystem;

/// Nothing where there is none. Throws a sentence where it is damaged.
std::optional<Manifest> read_manifest(const fs::path& file) {
    if (!fs::exists(file)) {
        return std::nullopt;
    }
    std::ifstream stream;
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    stream.open(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    auto manifest = parse_manifest(text);
    if (!manifest) {
        throw std::runtime_error(file.string() + " " + manifest.error().message + ".");
    }
    return std::move(*manifest);
}

/// A folder that a backup may be put in: new, empty, or one that holds a backup and nothing else.
void require_ours(const Places& places) {
    std::set<fs::path> others;
    for (const auto& entry : fs::directory_iterator(places.root)) {
        others.insert(entry.path());
    }
    if (others.empty()) {
        return;
    }
    const bool is_marked = others.contains(places.lock());
    for (const fs::path& ours : {places.lock(), places.manifest(), places.data(), places.next()}) {
        others.erase(ours);
    }
    for (const fs::path& ours : {places.coming(), places.unfinished()}) {
        others.erase(ours);
        others.erase(ours.string() + ".new"); // being written
    }
    if (!is_marked || !others.empty()) {
        throw std::runtime_error(places.root.string() +
                                 " holds something else than a backup of Kiroku. Name a new folder, "
                                 "or that of an earlier backup; nothing was touched.");
    }
}

void make_private(const fs::path& folder) {
    fs::create_directories(folder);
    constexpr unsigned owner_only = 0700;
    set_mode(folder, owner_only);
}

/// The folder, which is there then and may be used.
Places places_in(const fs::path& root) {
    const Places places{root};
    if (!fs::exists(root)) {
        make_private(root);
    }
    if (!fs::is_directory(root)) {
        throw std::runtime_error(root.string() + " is no folder.");
    }
    require_ours(places);
    return places;
}

/// What the manifest does not name goes, and folders that are empty then.
void remove_strangers(const fs::path& folder, const Manifest& manifest) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        found.push_back(entry.path());
    }
    // What lies in a folder comes before the folder.
    for (auto each = found.rbegin(); each != found.rend(); ++each) {
        const bool goes = fs::is_directory(*each)
                              ? fs::is_empty(*each)
                              : !manifest.files.contains(each->lexically_relative(folder).string());
        if (goes) {
            fs::remove(*each);
        }
    }
}

} // namespace

FoundBackup::FoundBackup(const fs::path& root)
    : places_{root}, is_changing_(fs::exists(places_.coming())) {
    auto manifest = read_manifest(is_changing_ ? places_.coming() : places_.manifest());
    if (!manifest) {
        throw std::runtime_error(root.string() +
                                 " holds no finished backup of Kiroku: it has no manifest.json.");
    }
    manifest_ = std::move(*manifest);
}

fs::path FoundBackup::file(const std::string& name) const {
    const fs::path coming = places_.next() / name;
    return is_changing_ && fs::exists(coming) ? coming : places_.data() / name;
}

FolderLock::FolderLock(const Places& places) {
    const std::string file = places.lock().string();
    constexpr mode_t owner_only = 0600;
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
    if (descriptor_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot open " + file);
    }
    // Where a file system knows no locks, nobody else can be told of.
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(descriptor_);
        throw std::runtime_error("Another backup is being made in " + places.root.string() + ".");
    }
}

FolderLock::~FolderLock() {
    ::close(descriptor_);
}

BackupFolder::BackupFolder(const fs::path& root)
    : places_(places_in(root)), lock_(places_) {
    if (const auto coming = read_manifest(places_.coming())) {
        change_places(*coming);
    }
    earlier_ = read_manifest(places_.manifest());
    if (auto left = read_manifest(places_.unfinished())) {
        left_ = std::move(*left);
    } else {
        fs::remove_all(places_.next());
    }
    make_private(places_.next());
    make_private(places_.data());
}

BackupFolder::~BackupFolder() {
    std::error_code ignored; // the next backup removes it
    if (!fs::exists(places_.coming(), ignored)) {
        fs::remove(places_.unfinished(), ignored);
        fs::remove_all(places_.next(), ignored);
    }
}

fs::path BackupFolder::place_for(const std::string& name) const {
    const fs::path place = staged(name);
    fs::create_directories(place.parent_path());
    return place;
}

void BackupFolder::sync() const { sync_file_system(places_.root); }

void BackupFolder::remember(const Manifest& staged) const {
    sync();
    write_durably(places_.unfinished(), to_text(staged));
}

void BackupFolder::commit(const Manifest& manifest) {
    write_durably(places_.coming(), to_text(manifest));
    change_places(manifest);
}

void BackupFolder::change_places(const Manifest& manifest) {
    for (const auto& [name, entry] : manifest.files) {
        if (fs::exists(staged(name))) {
            fs::create_directories(kept(name).parent_path());
            fs::rename(staged(name), kept(name));
        }
    }
    remove_strangers(places_.data(), manifest);
    fs::remove(places_.unfinished());
    fs::remove_all(places_.next());
    sync();
    fs::rename(places_.coming(), places_.manifest());
    sync();
}

} // namespace catalog::store::backup
