#include "server/upload/upload_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace server::upload {
namespace {

Descriptor open_file(const std::filesystem::path& path, int flags) {
    constexpr mode_t only_ours = 0600;
    return Descriptor(
        check_call(::open(path.c_str(), flags | O_CLOEXEC, only_ours), "open an upload's file"));
}

} // namespace

void UploadFile::make(const std::filesystem::path& path, std::uint64_t length) {
    const auto file = open_file(path, O_WRONLY | O_CREAT | O_EXCL);
    if (length > 0 &&
        ::fallocate(file.number(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(length)) != 0 &&
        errno != EOPNOTSUPP) {
        const std::error_code error(errno, std::system_category());
        std::filesystem::remove(path);
        throw std::system_error(error, "keep room for an upload");
    }
    check_call(::fsync(file.number()), "sync an upload's file");
    sync_folder(path.parent_path());
}

UploadFile::UploadFile(const std::filesystem::path& path) : file_(open_file(path, O_WRONLY)) {
    struct stat about {};
    check_call(::fstat(file_.number(), &about), "look at an upload's file");
    size_ = static_cast<std::uint64_t>(about.st_size);
    check_call(::fdatasync(file_.number()), "sync an upload");
    synced_ = size_;
}

void UploadFile::append(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const auto written = ::pwrite(file_.number(), bytes.data(), bytes.size(),
                                      static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            throw std::system_error(errno, std::system_category(), "write an upload");
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        size_ += static_cast<std::uint64_t>(written);
    }
}

std::uint64_t UploadFile::sync() {
    if (size_ == synced_)
        return size_;
    if (::fdatasync(file_.number()) != 0) {
        const std::error_code error(errno, std::system_category());
        check_call(::ftruncate(file_.number(), static_cast<off_t>(synced_)), "cut an upload");
        size_ = synced_;
        throw std::system_error(error, "sync an upload");
    }
    synced_ = size_;
    return size_;
}

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened(
        check_call(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open a folder"));
    check_call(::fsync(opened.number()), "sync a folder");
}

std::uint64_t kept_bytes(const std::filesystem::path& path) {
    struct stat about {};
    constexpr std::uint64_t block = 512;
    return ::stat(path.c_str(), &about) == 0 ? static_cast<std::uint64_t>(about.st_blocks) * block
                                             : 0;
}

std::uint64_t free_bytes(const std::filesystem::path& folder) {
    return std::filesystem::space(folder).available;
}

} // namespace server::upload
