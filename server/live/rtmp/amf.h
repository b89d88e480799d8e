#pragma once

#include "catalog/result.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace server::live::rtmp {

/// A value of AMF0 (Action Message Format, December 2007), of which RTMP's commands are made. Dates
/// are numbers; null, undefined and unsupported are `std::monostate`.
struct AmfValue {
    struct Member;
    using Object = std::vector<Member>;
    using Array = std::vector<AmfValue>;
    std::variant<std::monostate, double, bool, std::string, Object, Array> value;

    /// Null where it is of another kind.
    const std::string* text() const { return std::get_if<std::string>(&value); }
    const double* number() const { return std::get_if<double>(&value); }
    /// Null where it is no object, or has none of that name.
    const AmfValue* member(std::string_view name) const;

    friend bool operator==(const AmfValue&, const AmfValue&);
};

struct AmfValue::Member {
    std::string name;
    AmfValue value;
    friend bool operator==(const Member&, const Member&) = default;
};

/// Objects inside objects, at most.
constexpr int deepest_amf = 8;

/// All values that `bytes` holds, one after the other.
/// Refuses (invalid) what is cut off, nests deeper than `deepest_amf`, or is of a kind that no
/// publisher sends (references, typed objects, AMF3).
catalog::Result<std::vector<AmfValue>> read_amf(std::string_view bytes);

/// Texts are cut at 65,535 bytes, which no answer of ours has.
void append_amf(std::string& bytes, const AmfValue& value);

} // namespace server::live::rtmp
