#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace test {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "kiroku-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder can be made at " + name);
    }
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void TemporaryFolder::write(const fs::path& name, const std::string& content) const {
    std::ofstream stream;
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    stream.open(path_ / name, std::ios::binary | std::ios::trunc);
    stream << content;
}

std::string TemporaryFolder::read(const fs::path& name) const {
    std::ifstream stream;
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    stream.open(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void TemporaryFolder::remove(const fs::path& name) const {
    if (!fs::remove(path_ / name)) {
        throw std::runtime_error("nothing to remove at " + (path_ / name).string());
    }
}

} // namespace test
