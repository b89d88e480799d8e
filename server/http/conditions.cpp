#include "server/http/conditions.h"

#include "server/http/head.h"

#include <algorithm>
#include <charconv>

namespace server::http {

namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Takes the first of a comma-separated list off `rest`.
std::string_view next_of(std::string_view& rest) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view item = trimmed(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    return item;
}

/// "q=0", "q=0.", "q=0.000": not wanted.
bool refuses(std::string_view weight) {
    weight = trimmed(weight);
    return weight.size() >= 3 && (weight[0] == 'q' || weight[0] == 'Q') && weight[1] == '=' &&
           weight[2] == '0' && weight.find_first_not_of("0.", 2) == std::string_view::npos;
}

std::string_view without_weakness(std::string_view etag) {
    return etag.starts_with("W/") ? etag.substr(2) : etag;
}

/// Digits and nothing else.
std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return text.empty() || error != std::errc() || stopped != end ? std::nullopt
                                                                   : std::optional(value);
}

} // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        const std::string_view item = next_of(accept_encoding);
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        const std::string_view coding = trimmed(item.substr(0, semicolon));
        if (equal_ignoring_case(coding, "gzip")) {
            return semicolon == item.size() || !refuses(item.substr(semicolon + 1));
        }
    }
    return false;
}

bool names_tag(std::string_view if_none_match, std::string_view etag) {
    if (etag.empty()) {
        return false;
    }
    while (!if_none_match.empty()) {
        const std::string_view item = next_of(if_none_match);
        if (item == "*" || without_weakness(item) == without_weakness(etag)) {
            return true;
        }
    }
    return false;
}

RangeWish read_range(std::string_view range_field, std::uint64_t size) {
    constexpr std::string_view unit = "bytes=";
    if (range_field.size() < unit.size() ||
        !equal_ignoring_case(range_field.substr(0, unit.size()), unit)) {
        return {};
    }
    const std::string_view spec = trimmed(range_field.substr(unit.size()));
    const std::size_t dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos) {
        return {};
    }
    const auto first = number(spec.substr(0, dash));
    const auto last = number(spec.substr(dash + 1));
    const bool is_suffix = dash == 0;
    if (is_suffix && last) {
        const std::uint64_t length = std::min(*last, size);
        const auto kind = length > 0 ? RangeWish::Kind::satisfiable : RangeWish::Kind::unsatisfiable;
        return {.kind = kind, .range = {.offset = size - length, .size = length}};
    }
    const bool ends_openly = dash + 1 == spec.size();
    if (!first || (!last && !ends_openly) || (last && *last < *first)) {
        return {};
    }
    if (*first >= size) {
        return {.kind = RangeWish::Kind::unsatisfiable, .range = {}};
    }
    const std::uint64_t end = last ? std::min(*last, size - 1) + 1 : size;
    return {.kind = RangeWish::Kind::satisfiable, .range = {.offset = *first, .size = end - *first}};
}

} // namespace server::http
