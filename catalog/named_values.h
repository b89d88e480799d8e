#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <string_view>

namespace catalog {

/// A value of an enumeration and the word it goes by in the catalog's file, in JSON and in import
/// files.
template <class Value> struct NamedValue {
    Value value;
    std::string_view name;
};

/// The word of `value`, which stands in `table`.
template <class Value, std::size_t Size>
std::string_view name_of(const std::array<NamedValue<Value>, Size>& table, Value value) {
    const auto found = std::ranges::find(table, value, &NamedValue<Value>::value);
    assert(found != table.end());
    return found->name;
}

/// Nothing where no value goes by `name`.
template <class Value, std::size_t Size>
std::optional<Value> value_named(const std::array<NamedValue<Value>, Size>& table,
                                 std::string_view name) {
    const auto found = std::ranges::find(table, name, &NamedValue<Value>::name);
    return found == table.end() ? std::nullopt : std::optional(found->value);
}

} // namespace catalog
