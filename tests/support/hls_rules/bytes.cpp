#include "tests/support/hls_rules/bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace hls_rules {

Bytes ByteReader::take(std::size_t count) {
    if (count > rest_.size()) {
        throw Malformed("it ends too early");
    }
    const Bytes taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

std::uint64_t ByteReader::number(std::size_t bytes) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(bytes)) {
        value = value << 8 | byte;
    }
    return value;
}

std::string ByteReader::text(std::size_t count) {
    const Bytes taken = take(count);
    return {taken.begin(), taken.end()};
}

MappedFile::MappedFile(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        throw Malformed(file.filename().string() + " cannot be opened");
    }
    struct stat status {};
    ::fstat(descriptor, &status);
    const auto size = static_cast<std::size_t>(status.st_size);
    void* start =
        size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    ::close(descriptor);
    if (start == MAP_FAILED) {
        throw Malformed(file.filename().string() + " cannot be read");
    }
    bytes_ = Bytes(static_cast<const std::uint8_t*>(start), size);
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) {
        ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
    }
}

std::vector<Box> boxes_in(Bytes bytes) {
    constexpr std::size_t short_header = 8;
    constexpr std::size_t long_header = 16;
    std::vector<Box> boxes;
    std::size_t offset = 0;
    while (offset < bytes.size()) {
        ByteReader reader(bytes.subspan(offset));
        std::uint64_t size = reader.u32();
        std::string type = reader.text(4);
        std::size_t header = short_header;
        if (size == 1) {
            size = reader.u64();
            header = long_header;
        }
        if (size < header || size > bytes.size() - offset) {
            throw Malformed("the box " + type + " is not whole");
        }
        const auto whole = static_cast<std::size_t>(size);
        boxes.push_back(
            {std::move(type), bytes.subspan(offset + header, whole - header), offset, whole});
        offset += whole;
    }
    return boxes;
}

const Box& the_box(const std::vector<Box>& boxes, const std::string& type) {
    const auto found = std::ranges::find(boxes, type, &Box::type);
    if (found == boxes.end()) {
        throw Malformed("there is no box " + type);
    }
    return *found;
}

Bytes body_at(Bytes bytes, const std::string& path) {
    const auto slash = path.find('/');
    const auto boxes = boxes_in(bytes);
    const Bytes body = the_box(boxes, path.substr(0, slash)).body;
    return slash == std::string::npos ? body : body_at(body, path.substr(slash + 1));
}

bool has_box(Bytes bytes, const std::string& path) {
    const auto slash = path.find('/');
    const auto boxes = boxes_in(bytes);
    const auto found = std::ranges::find(boxes, path.substr(0, slash), &Box::type);
    if (found == boxes.end()) {
        return false;
    }
    return slash == std::string::npos || has_box(found->body, path.substr(slash + 1));
}

} // namespace hls_rules
