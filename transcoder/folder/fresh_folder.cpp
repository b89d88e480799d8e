#include "transcoder/folder/fresh_folder.h"

namespace transcoder::folder {

namespace fs = std::filesystem;

FreshFolder::FreshFolder(fs::path path) : path_(std::move(path)), fresh_(path_) {
    fresh_ += ".new";
    fs::remove_all(fresh_);
    fs::remove_all(path_);
    fs::create_directory(fresh_);
}

AppendFile FreshFolder::open(const fs::path& name) const { return {fresh_ / name, 0}; }

void FreshFolder::write(const fs::path& name, std::string_view bytes) const {
    auto file = open(name);
    file.append(bytes);
    file.sync();
}

void FreshFolder::finish() const {
    sync_folder(fresh_);
    fs::rename(fresh_, path_);
    sync_folder(path_.parent_path());
}

} // namespace transcoder::folder
