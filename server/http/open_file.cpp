#include "server/http/open_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace server::http {

std::shared_ptr<const OpenFile> OpenFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "open " + path.string());
    }
    return std::make_shared<OpenFile>(descriptor);
}

OpenFile::~OpenFile() { ::close(descriptor_); }

std::uint64_t OpenFile::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) {
        throw std::system_error(errno, std::generic_category(), "size of an open file");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

} // namespace server::http
