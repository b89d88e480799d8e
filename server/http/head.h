#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace server::http {

enum class Method { get, head, post, put, patch, remove, options };
/// "GET"; `remove` is DELETE.
std::string_view to_text(Method method);

struct Field {
    std::string_view name;
    std::string_view value;
};

/// A request's line and fields as admitted. All views point into the connection's buffer and are
/// valid until the request was answered.
struct Head {
    static constexpr std::size_t most_fields = 100;

    Method method = Method::get;
    std::string_view target;  ///< as sent, in origin form; every %xx in it is well-formed
    bool keeps_alive = true;
    bool expects_continue = false;
    std::optional<std::uint64_t> content_length;
    std::array<Field, most_fields> all_fields;
    std::size_t field_count = 0;

    std::span<const Field> fields() const { return {all_fields.data(), field_count}; }
    /// The first field of that name (any case), its value trimmed.
    std::optional<std::string_view> field(std::string_view name) const;
    /// The target up to the query.
    std::string_view raw_path() const { return target.substr(0, target.find('?')); }
};

/// ASCII only.
bool equal_ignoring_case(std::string_view left, std::string_view right);

} // namespace server::http
