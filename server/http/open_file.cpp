#include "server/http/open_file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace server::http {

namespace {

[[noreturn]] void throw_failure(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

bool is_missing(int error) { return error == ENOENT || error == ENOTDIR || error == ELOOP; }

struct stat status_of(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        throw_failure("look at an open file");
    }
    return status;
}

} // namespace

std::shared_ptr<const OpenFile> OpenFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        throw_failure("open " + path.string());
    }
    return std::make_shared<OpenFile>(descriptor);
}

std::shared_ptr<const OpenFile> OpenFile::find_folder(const std::filesystem::path& path) {
    const int descriptor =
        ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 && !is_missing(errno)) {
        throw_failure("open " + path.string());
    }
    return descriptor < 0 ? nullptr : std::make_shared<OpenFile>(descriptor);
}

std::shared_ptr<const OpenFile> OpenFile::find_in(const OpenFile& folder,
                                                  const std::string& name) {
    // Not to wait for a writer where it is a pipe.
    const int descriptor = ::openat(folder.descriptor(), name.c_str(),
                                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) {
        if (is_missing(errno) || errno == ENXIO) {
            return nullptr;
        }
        throw_failure("open " + name);
    }
    auto file = std::make_shared<OpenFile>(descriptor);
    return S_ISREG(status_of(descriptor).st_mode) ? file : nullptr;
}

OpenFile::~OpenFile() { ::close(descriptor_); }

std::uint64_t OpenFile::size() const {
    return static_cast<std::uint64_t>(status_of(descriptor_).st_size);
}

std::string OpenFile::version() const {
    const struct stat status = status_of(descriptor_);
    std::array<char, 64> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%llx-%llx-%llx.%lx",
                      static_cast<unsigned long long>(status.st_ino),
                      static_cast<unsigned long long>(status.st_size),
                      static_cast<unsigned long long>(status.st_mtim.tv_sec),
                      static_cast<unsigned long>(status.st_mtim.tv_nsec));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<std::string> OpenFile::text(std::uint64_t largest) const {
    const auto bytes = size();
    if (bytes > largest) {
        return std::nullopt;
    }
    std::string text(bytes, '\0');
    std::size_t read = 0;
    while (read < text.size()) {
        const auto some = ::pread(descriptor_, text.data() + read, text.size() - read,
                                  static_cast<off_t>(read));
        if (some < 0) {
            throw_failure("read a file");
        }
        if (some == 0) {
            break;
        }
        read += static_cast<std::size_t>(some);
    }
    text.resize(read);
    return text;
}

} // namespace server::http
