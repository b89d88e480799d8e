#include "server/access/grant.h"

#include <sodium.h>

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

// The file `grant-keys`: a line a key, its number and 64 hexadecimal digits; the first one signs.

namespace server::access {

namespace {

using Key = GrantKeys::Key;
namespace fs = std::filesystem;

Key new_key(std::uint8_t id) {
    Key key{.id = id, .secret = {}};
    randombytes_buf(key.secret.data(), key.secret.size());
    return key;
}

std::string to_line(const Key& key) {
    std::array<char, 2 * GrantKeys::key_bytes + 1> digits{};
    sodium_bin2hex(digits.data(), digits.size(), key.secret.data(), key.secret.size());
    return std::to_string(key.id) + ' ' + digits.data() + '\n';
}

[[noreturn]] void fail(const std::string& doing) {
    throw std::system_error(errno, std::generic_category(), doing);
}

/// Whole or not at all, and readable by its owner alone.
void write_keys(const fs::path& file, const std::vector<Key>& keys) {
    std::string text;
    for (const Key& key : keys) {
        text += to_line(key);
    }
    const fs::path draft = file.string() + ".new";
    const int descriptor =
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        fail("create " + draft.string());
    }
    const bool is_written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!is_written) {
        fail("write " + draft.string());
    }
    fs::rename(draft, file);
}

std::vector<Key> read_keys(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        fail("look at " + file.string());
    }
    if ((status.st_mode & 077U) != 0) {
        throw std::runtime_error(file.string() + " can be read by others: chmod 600 it");
    }
    std::ifstream lines(file);
    std::vector<Key> keys;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        unsigned id = 0;
        std::string digits;
        Key key{};
        std::size_t size = 0;
        const bool is_right =
            (words >> id >> digits) && id > 0 && id < 256 &&
            sodium_hex2bin(key.secret.data(), key.secret.size(), digits.data(), digits.size(),
                           nullptr, &size, nullptr) == 0 &&
            size == key.secret.size();
        if (!is_right) {
            throw std::runtime_error(file.string() + " is no file of grant keys: remove it, and a "
                                                     "new one is made");
        }
        key.id = static_cast<std::uint8_t>(id);
        keys.push_back(key);
    }
    return keys;
}

GrantKeys keys_from(const fs::path& file) {
    const std::vector<Key> keys = read_keys(file);
    if (keys.empty() || keys.size() > 2) {
        throw std::runtime_error(file.string() + " must hold one key, or two");
    }
    return GrantKeys(keys.front(), keys.size() == 2 ? std::optional(keys.back()) : std::nullopt);
}

} // namespace

GrantKeys GrantKeys::load(const fs::path& secrets) {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot begin");
    }
    const fs::path file = secrets / "grant-keys";
    if (!fs::exists(file)) {
        write_keys(file, {new_key(1)});
    }
    return keys_from(file);
}

GrantKeys GrantKeys::rotate(const fs::path& secrets) {
    load(secrets);
    const fs::path file = secrets / "grant-keys";
    const Key last = read_keys(file).front();
    const auto next = static_cast<std::uint8_t>(last.id % 255 + 1);
    write_keys(file, {new_key(next), last});
    return keys_from(file);
}

} // namespace server::access
