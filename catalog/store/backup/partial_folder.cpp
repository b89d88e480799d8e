#include "catalog/store/backup/partial_folder.h"

#include "catalog/store/backup/file_copy.h"

#include <sys/stat.h>

#include <cerrno>
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

void require_free(const fs::path& root) {
    if (!fs::exists(root)) {
        return;
    }
    if (!fs::is_directory(root) || !fs::is_empty(root)) {
        throw std::runtime_error(root.string() +
                                 " is there already, and not empty. Name a folder that is not there "
                                 "yet, or move that one away first.");
    }
    if (device_of(root) != device_of(root.parent_path())) {
        throw std::runtime_error(root.string() +
                                 " is a disk of its own. Name a folder on it that is not there yet.");
    }
}

} // namespace

PartialFolder::PartialFolder(const fs::path& root)
    : root_(root), place_(root.string() + ".partial") {
    require_free(root_);
    if (fs::exists(place_) && !fs::exists(mark())) {
        throw std::runtime_error(place_.string() +
                                 " is in the way. Move it elsewhere, and begin again.");
    }
    fs::remove_all(place_);
    fs::create_directories(place_);
    constexpr unsigned owner_only = 0700;
    set_mode(place_, owner_only);
    write_durably(mark(), "");
}

PartialFolder::~PartialFolder() {
    std::error_code ignored; // the next one removes it
    fs::remove_all(place_, ignored);
}

void PartialFolder::put_in_place() {
    fs::remove(mark());
    sync_file_system(place_);
    fs::rename(place_, root_);
    sync_file_system(root_.parent_path());
}

} // namespace catalog::store::backup
