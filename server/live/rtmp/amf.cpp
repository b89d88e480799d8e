#include "server/live/rtmp/amf.h"

#include "server/live/rtmp/big_endian.h"

#include <algorithm>
#include <cstring>

namespace server::live::rtmp {
namespace {

enum Marker : unsigned char {
    number = 0,
    boolean = 1,
    string = 2,
    object = 3,
    null = 5,
    undefined = 6,
    ecma_array = 8,
    object_end = 9,
    strict_array = 10,
    date = 11,
    long_string = 12,
    unsupported = 13,
    xml_document = 15,
};

struct BadAmf {};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}

    bool at_end() const { return left_.empty(); }

    AmfValue value(int depth) {
        if (depth > deepest_amf)
            throw BadAmf{};
        switch (static_cast<unsigned char>(take(1).front())) {
        case number:
            return {real()};
        case boolean:
            return {take(1).front() != 0};
        case string:
            return {text(2)};
        case object:
            return {members(depth)};
        case null:
        case undefined:
        case unsupported:
            return {};
        case ecma_array:
            take(4); // how many there are, roughly: many writers say 0
            return {members(depth)};
        case strict_array:
            return {elements(depth)};
        case date: {
            const auto at = real();
            take(2); // a time zone that is to be 0
            return {at};
        }
        case long_string:
        case xml_document:
            return {text(4)};
        default:
            throw BadAmf{};
        }
    }

  private:
    std::string_view take(std::size_t size) {
        if (left_.size() < size)
            throw BadAmf{};
        const auto taken = left_.substr(0, size);
        left_.remove_prefix(size);
        return taken;
    }

    std::string text(std::size_t bytes_of_length) {
        return std::string(take(read_number(take(bytes_of_length), bytes_of_length)));
    }

    double real() {
        const auto bytes = take(8);
        const auto bits = std::uint64_t{read_number(bytes, 4)} << 32 | read_number(bytes.substr(4), 4);
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }

    AmfValue::Object members(int depth) {
        AmfValue::Object read;
        for (;;) {
            auto name = text(2);
            if (!left_.empty() && static_cast<unsigned char>(left_.front()) == object_end) {
                take(1);
                return read;
            }
            read.push_back({std::move(name), value(depth + 1)});
        }
    }

    AmfValue::Array elements(int depth) {
        const auto count = read_number(take(4), 4);
        AmfValue::Array read;
        for (std::uint32_t each = 0; each < count; ++each)
            read.push_back(value(depth + 1));
        return read;
    }

    std::string_view left_;
};

void append_text(std::string& bytes, const std::string& text) {
    const auto size = std::min<std::size_t>(text.size(), 0xffff);
    append_number(bytes, static_cast<std::uint32_t>(size), 2);
    bytes.append(text, 0, size);
}

void append_real(std::string& bytes, double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    append_number(bytes, static_cast<std::uint32_t>(bits >> 32), 4);
    append_number(bytes, static_cast<std::uint32_t>(bits & 0xffffffff), 4);
}

struct Writer {
    std::string& bytes;

    void operator()(std::monostate) const { bytes.push_back(null); }
    void operator()(double value) const {
        bytes.push_back(number);
        append_real(bytes, value);
    }
    void operator()(bool value) const {
        bytes.push_back(boolean);
        bytes.push_back(value ? 1 : 0);
    }
    void operator()(const std::string& value) const {
        bytes.push_back(string);
        append_text(bytes, value);
    }
    void operator()(const AmfValue::Object& members) const {
        bytes.push_back(object);
        for (const auto& [name, value] : members) {
            append_text(bytes, name);
            append_amf(bytes, value);
        }
        append_text(bytes, {});
        bytes.push_back(object_end);
    }
    void operator()(const AmfValue::Array& elements) const {
        bytes.push_back(strict_array);
        append_number(bytes, static_cast<std::uint32_t>(elements.size()), 4);
        for (const auto& element : elements)
            append_amf(bytes, element);
    }
};

} // namespace

bool operator==(const AmfValue& one, const AmfValue& other) { return one.value == other.value; }

const AmfValue* AmfValue::member(std::string_view name) const {
    const auto* members = std::get_if<Object>(&value);
    if (!members)
        return nullptr;
    const auto found = std::find_if(members->begin(), members->end(),
                                    [name](const auto& each) { return each.name == name; });
    return found == members->end() ? nullptr : &found->value;
}

catalog::Result<std::vector<AmfValue>> read_amf(std::string_view bytes) {
    std::vector<AmfValue> values;
    Reader reader(bytes);
    try {
        while (!reader.at_end())
            values.push_back(reader.value(0));
    } catch (const BadAmf&) {
        return refuse(catalog::Refusal::invalid, "a command of RTMP cannot be read");
    }
    return values;
}

void append_amf(std::string& bytes, const AmfValue& value) {
    std::visit(Writer{bytes}, value.value);
}

} // namespace server::live::rtmp
