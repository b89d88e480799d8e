#include "server/http/target.h"

#include <algorithm>

namespace server::http {

namespace {

int hex_digit(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    return -1;
}

bool is_control(char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return code < 0x20 || code == 0x7f;
}

bool has_dot_segment(std::string_view path) {
    for (std::size_t at = path.find("/."); at != std::string_view::npos;
         at = path.find("/.", at + 1)) {
        std::string_view rest = path.substr(at + 2);
        if (rest.starts_with('.')) {
            rest.remove_prefix(1);
        }
        if (rest.empty() || rest.front() == '/') {
            return true;
        }
    }
    return false;
}

/// How many bytes follow a lead byte, and the smallest code point that needs them; -1: no lead.
struct Lead {
    int following;
    char32_t least;
};

Lead lead_of(unsigned char byte) {
    if (byte < 0x80) return {0, 0};
    if (byte >= 0xc2 && byte < 0xe0) return {1, 0x80};
    if (byte >= 0xe0 && byte < 0xf0) return {2, 0x800};
    if (byte >= 0xf0 && byte < 0xf5) return {3, 0x10000};
    return {-1, 0};
}

} // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at++]);
        const Lead lead = lead_of(first);
        if (lead.following < 0 || text.size() - at < static_cast<std::size_t>(lead.following)) {
            return false;
        }
        if (lead.following == 0) {
            continue;
        }
        char32_t code = first & (0x3fU >> lead.following);
        for (int left = lead.following; left > 0; --left) {
            const auto byte = static_cast<unsigned char>(text[at++]);
            if ((byte & 0xc0U) != 0x80) {
                return false;
            }
            code = (code << 6U) | (byte & 0x3fU);
        }
        if (code < lead.least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded.push_back(text[at]);
            continue;
        }
        if (text.size() - at < 3) {
            return std::nullopt;
        }
        const int high = hex_digit(text[at + 1]);
        const int low = hex_digit(text[at + 2]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        decoded.push_back(static_cast<char>(high * 16 + low));
        at += 2;
    }
    return decoded;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    for (const char letter : text) {
        if (unreserved.find(letter) != std::string_view::npos) {
            encoded.push_back(letter);
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        encoded.push_back('%');
        encoded.push_back(digits[byte >> 4U]);
        encoded.push_back(digits[byte & 0xfU]);
    }
    return encoded;
}

bool is_admissible_target(std::string_view target) {
    if (!target.starts_with('/')) {
        return false;
    }
    bool has_percent = false;
    for (const char letter : target) {
        // RFC 3986: a fragment is never sent; what is not ASCII is sent encoded.
        if (letter <= ' ' || letter == 0x7f || letter == '#') {
            return false;
        }
        has_percent = has_percent || letter == '%';
    }
    const std::size_t path_end = std::min(target.find('?'), target.size());
    const std::string_view raw_path = target.substr(0, path_end);
    if (!has_percent) {
        return !has_dot_segment(raw_path);
    }
    const auto path = percent_decoded(raw_path);
    const auto query = percent_decoded(target.substr(path_end));
    if (!path || !query || !is_utf8(*path) || !is_utf8(*query)) {
        return false;
    }
    // An encoded slash would give one thing two addresses.
    const bool hides_slash = std::count(path->begin(), path->end(), '/') !=
                             std::count(raw_path.begin(), raw_path.end(), '/');
    // A line end may be part of what a person typed into a query; a NUL never.
    return !hides_slash && std::none_of(path->begin(), path->end(), is_control) &&
           query->find('\0') == std::string::npos && !has_dot_segment(*path);
}

} // namespace server::http
