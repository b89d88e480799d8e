#pragma once

#include "tests/support/hls_rules/breach.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hls_rules {

/// An attribute list (RFC 8216bis 4.2), quotes taken off.
class Attributes {
  public:
    /// Notes what is wrong with it (P2).
    Attributes(std::string_view text, const std::string& place, Breaches& breaches);

    bool has(std::string_view name) const { return values_.contains(name); }
    /// Empty where it is not there.
    std::string text(std::string_view name) const;
    std::optional<std::uint64_t> number(std::string_view name) const;

  private:
    struct Value {
        std::string text;
        bool quoted;
    };
    std::map<std::string, Value, std::less<>> values_;
};

} // namespace hls_rules
