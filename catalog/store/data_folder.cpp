#include "catalog/store/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace catalog::store {

namespace {

namespace fs = std::filesystem;

void make_private(const fs::path& folder) {
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all, fs::perm_options::replace);
}

bool lies_in(const fs::path& inner, const fs::path& outer) {
    const auto [end, rest] = std::ranges::mismatch(outer, inner);
    return end == outer.end();
}

} // namespace

void create(const DataFolder& folder) {
    if (!fs::exists(folder.root)) {
        make_private(folder.root); // one that was there keeps what its owner allowed
    }
    for (const fs::path& each :
         {folder.secrets(), folder.media(), folder.uploads(), folder.materials(), folder.pages(),
          folder.downloads()}) {
        make_private(each);
    }
}

void require_apart(const DataFolder& folder, const fs::path& other) {
    const fs::path there = fs::weakly_canonical(other);
    for (const fs::path& part :
         {folder.root, folder.media(), folder.uploads(), folder.materials(), folder.pages(),
          folder.secrets(), folder.downloads()}) {
        const fs::path here = fs::weakly_canonical(part);
        if (lies_in(there, here) || lies_in(here, there)) {
            throw std::runtime_error(other.string() + " and the data folder " +
                                     folder.root.string() +
                                     " lie one inside the other. Name a folder elsewhere, best on "
                                     "another disk.");
        }
    }
}

WriterLock::WriterLock(const DataFolder& folder) {
    const std::string file = folder.lock().string();
    constexpr mode_t owner_only = 0600;
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only);
    if (descriptor_ < 0) {
        throw std::system_error(errno, std::generic_category(), "cannot open " + file);
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
        return;
    }
    const int reason = errno;
    ::close(descriptor_);
    if (reason == EWOULDBLOCK) {
        throw CatalogInUse("another Kiroku already uses " + folder.root.string());
    }
    throw std::system_error(reason, std::generic_category(), "cannot lock " + file);
}

WriterLock::~WriterLock() {
    ::close(descriptor_);
}

} // namespace catalog::store
