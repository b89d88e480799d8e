#include "tests/catalog/demo_file.h"

#include <fstream>
#include <iterator>

namespace catalog {

std::string demo_file() {
    std::ifstream stream;
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    stream.open(KIROKU_DEMO_FILE, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace catalog
