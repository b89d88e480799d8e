#include "transcoder/av/source_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace transcoder::av {

namespace {

[[noreturn]] void fail(const char* doing) {
    throw std::system_error(errno, std::generic_category(), doing);
}

struct stat status_of(int descriptor) {
    struct stat status {};
    if (fstat(descriptor, &status) != 0)
        fail("look at the input");
    return status;
}

} // namespace

SourceFile SourceFile::open(const std::filesystem::path& path) {
    // A named pipe without a writer would block the opening for ever.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        fail("open the input");
    return SourceFile(descriptor);
}

SourceFile::~SourceFile() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

bool SourceFile::is_regular() const { return S_ISREG(status_of(descriptor_).st_mode); }

std::uint64_t SourceFile::size() const {
    return static_cast<std::uint64_t>(status_of(descriptor_).st_size);
}

std::int64_t SourceFile::changed_ns() const {
    const auto time = status_of(descriptor_).st_mtim;
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::size_t SourceFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
    for (;;) {
        const auto got =
            ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno != EINTR)
            fail("read the input");
    }
}

} // namespace transcoder::av
