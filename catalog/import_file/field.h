#pragma once

#include "catalog/id.h"
#include "catalog/import.h"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::import_file {

using Mistakes = std::vector<ImportMistake>;

/// A value in the file that knows where it stands, and notes what is wrong with it. Reading one
/// that is missing (or null) gives nothing and notes nothing, unless it is asked for as needed.
class Field {
  public:
    /// Borrows both. `value` is null where nothing stands at `place`.
    Field(const nlohmann::json* value, std::string place, Mistakes& mistakes);

    bool present() const { return value_ != nullptr; }
    bool is_object() const;
    bool is_text() const;
    void mistake(std::string message) const;

    /// A member of an object; missing where this is none, which is noted by `expect_object`.
    Field operator[](std::string_view key) const;
    /// The first of two spellings of a member that is there.
    Field either(std::string_view key, std::string_view other) const;
    /// The elements of an array; none, and a mistake noted, where it is something else.
    std::vector<Field> elements() const;
    /// Whether it is an object; notes a mistake where it is something else or missing.
    bool expect_object() const;

    std::optional<std::string> text() const;
    std::optional<std::int64_t> whole_number(std::int64_t lowest, std::int64_t highest) const;
    /// Seconds, whole or not, not negative.
    std::optional<std::chrono::milliseconds> seconds() const;
    std::optional<bool> flag() const;
    /// Texts of an array, or the one text that stands instead of one.
    std::vector<std::string> texts() const;

    std::string text_or_empty() const { return text().value_or(std::string()); }
    /// Notes a mistake where it is missing or empty.
    std::string needed_text() const;
    /// Notes a mistake where it is missing or no id.
    std::string needed_id() const;

  private:
    const nlohmann::json* value_;
    std::string place_;
    Mistakes* mistakes_;
};

} // namespace catalog::import_file
