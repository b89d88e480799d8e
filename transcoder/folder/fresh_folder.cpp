#include "transcoder/folder/fresh_folder.h"

#include "transcoder/folder/files.h"

namespace transcoder::folder {

namespace fs = std::filesystem;

FreshFolder::FreshFolder(fs::path path) : path_(std::move(path)), fresh_(path_) {
    fresh_ += ".new";
    fs::remove_all(fresh_);
    fs::remove_all(path_);
    fs::create_directory(fresh_);
}

void FreshFolder::write(const fs::path& name, std::string_view bytes) const {
    AppendFile file(fresh_ / name, 0);
    file.append(bytes);
    file.sync();
}

void FreshFolder::finish() const {
    sync_folder(fresh_);
    fs::rename(fresh_, path_);
    sync_folder(path_.parent_path());
}

} // namespace transcoder::folder
