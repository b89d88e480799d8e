#include "tests/support/hls_rules/attributes.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace hls_rules {

namespace {

constexpr std::array<std::string_view, 19> quoted_ones{"ASSOC-LANGUAGE",
                                                       "AUDIO",
                                                       "BYTERANGE",
                                                       "CHANNELS",
                                                       "CHARACTERISTICS",
                                                       "CODECS",
                                                       "GROUP-ID",
                                                       "INSTREAM-ID",
                                                       "KEYFORMAT",
                                                       "LANGUAGE",
                                                       "NAME",
                                                       "PATHWAY-ID",
                                                       "STABLE-RENDITION-ID",
                                                       "SUBTITLES",
                                                       "STABLE-VARIANT-ID",
                                                       "URI",
                                                       "VIDEO",
                                                       "SUPPLEMENTAL-CODECS",
                                                       "VALUE"};

constexpr std::array<std::string_view, 12> unquoted_ones{
    "AUTOSELECT", "AVERAGE-BANDWIDTH", "BANDWIDTH", "DEFAULT",    "FORCED",
    "FRAME-RATE", "HDCP-LEVEL",        "METHOD",    "RESOLUTION", "SCORE",
    "TYPE",       "VIDEO-RANGE"};

bool holds(const auto& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool is_attribute_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !name.empty() && std::ranges::all_of(name, fits);
}

} // namespace

Attributes::Attributes(std::string_view text, const std::string& place, Breaches& breaches) {
    const auto note = [&](const std::string& what) { breaches.push_back({"P2", place, what}); };
    while (!text.empty()) {
        const auto equals = text.find('=');
        const std::string name(text.substr(0, equals));
        if (equals == std::string_view::npos || !is_attribute_name(name)) {
            note("\"" + name + "\" is no attribute");
            return;
        }
        text.remove_prefix(equals + 1);
        const bool quoted = text.starts_with('"');
        const auto end = quoted ? text.find('"', 1) : text.find(',');
        if (quoted && end == std::string_view::npos) {
            note("the quotes of " + name + " are not closed");
            return;
        }
        const std::string value(quoted ? text.substr(1, end - 1) : text.substr(0, end));
        text.remove_prefix(
            std::min(text.size(), end == std::string_view::npos ? end : end + (quoted ? 1 : 0)));
        if (!text.empty() && !text.starts_with(',')) {
            note("something stands behind the quotes of " + name);
            return;
        }
        text.remove_prefix(text.empty() ? 0 : 1);
        if (value.empty() && !quoted) {
            note(name + " has no value");
        }
        if ((quoted && holds(unquoted_ones, name)) || (!quoted && holds(quoted_ones, name))) {
            note(name + (quoted ? " must not be quoted" : " must be quoted"));
        }
        if (!values_.emplace(name, Value{value, quoted}).second) {
            note(name + " stands there twice");
        }
    }
}

std::string Attributes::text(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string() : found->second.text;
}

std::optional<std::uint64_t> Attributes::number(std::string_view name) const {
    const std::string digits = text(name);
    std::uint64_t value = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end && !digits.empty() ? std::optional(value)
                                                                        : std::nullopt;
}

} // namespace hls_rules
