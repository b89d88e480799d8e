#include "server/http/file_name.h"

#include <algorithm>

namespace server::http {
namespace {

constexpr std::size_t longest_name = 150;  ///< bytes; file systems take 255
constexpr std::size_t longest_ending = 12;

/// `text` without its last bytes where it has more than `most`, and no half letter of UTF-8.
std::string shortened(std::string text, std::size_t most) {
    if (text.size() <= most)
        return text;
    constexpr unsigned continues_mask = 0xC0;
    constexpr unsigned continues = 0x80;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & continues_mask) == continues)
        --most;
    text.resize(most);
    return text;
}

} // namespace

std::string ending_of(const std::string& name) {
    const auto dot = name.rfind('.');
    const bool has = dot != std::string::npos && dot > 0 && name.size() - dot <= longest_ending;
    return has ? name.substr(dot) : "";
}

std::string readable_name(std::string_view wish) {
    constexpr std::string_view refused = "/\\:*?\"<>|";
    std::string name(wish);
    for (char& letter : name) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < ' ' || byte == 0x7f || refused.find(letter) != std::string_view::npos)
            letter = '_';
    }
    const auto ending = ending_of(name);
    name = shortened(name.substr(0, name.size() - ending.size()), longest_name) + ending;
    name.erase(0, std::min(name.find_first_not_of(". "), name.size()));
    name.erase(std::min(name.find_last_not_of(". ") + 1, name.size()));
    return name.empty() ? "file" : name;
}

} // namespace server::http
