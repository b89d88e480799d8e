#include "transcoder/folder/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace transcoder::folder {

namespace {

[[noreturn]] void fail(const char* doing, const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(),
                            std::string(doing) + " " + path.filename().string());
}

void write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            throw std::system_error(errno, std::generic_category(), "write");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace

AppendFile::AppendFile(const std::filesystem::path& path, std::uint64_t size)
    : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644)), size_(size) {
    if (descriptor_ < 0)
        fail("open", path);
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0 ||
        ::lseek(descriptor_, 0, SEEK_END) < 0) {
        ::close(descriptor_);
        fail("cut", path);
    }
}

AppendFile::~AppendFile() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void AppendFile::append(std::string_view bytes) {
    write_all(descriptor_, bytes);
    size_ += bytes.size();
}

void AppendFile::sync() {
    if (::fdatasync(descriptor_) != 0)
        throw std::system_error(errno, std::generic_category(), "sync");
}

void replace_file(const std::filesystem::path& path, std::string_view text) {
    auto fresh = path;
    fresh += ".new";
    {
        AppendFile file(fresh, 0);
        file.append(text);
        file.sync();
    }
    std::filesystem::rename(fresh, path);
    sync_folder(path.parent_path());
}

void sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        fail("open", folder);
    const int synced = ::fsync(descriptor);
    const int why = errno;
    ::close(descriptor);
    if (synced != 0)
        throw std::system_error(why, std::generic_category(), "sync a folder");
}

} // namespace transcoder::folder
