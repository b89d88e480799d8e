#include "transcoder/withdraw/avc_sets.h"

#include "transcoder/folder/boxes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <stdexcept>

namespace transcoder::withdraw {

namespace {

using folder::Fields;

constexpr unsigned unit_kind = 0x1f;
constexpr unsigned sequence_set = 7;
constexpr unsigned picture_set = 8;

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes.at(at)); }

unsigned take_number(Fields& fields, std::size_t bytes) {
    unsigned number = 0;
    for (const char byte : fields.take(bytes))
        number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::string bytes_of(std::uint64_t number, std::size_t size) {
    std::string bytes(size, '\0');
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, number >>= 8U)
        *byte = static_cast<char>(number & 0xffU);
    return bytes;
}

/// An unsigned Exp-Golomb number (ISO/IEC 14496-10, 9.1) at the beginning of `bytes`. Those that a set begins
/// with are small, so no byte of emulation prevention can stand before them.
int first_number(std::string_view bytes) {
    const auto bit = [bytes](std::size_t at) { return byte_at(bytes, at / 8) >> (7 - at % 8) & 1U; };
    std::size_t zeros = 0;
    while (bit(zeros) == 0)
        ++zeros;
    unsigned number = 0;
    for (std::size_t at = zeros; at <= 2 * zeros; ++at)
        number = number << 1U | bit(at);
    return static_cast<int>(number) - 1;
}

/// Behind its head, profile, constraints and level.
int number_of_sequence(std::string_view unit) { return first_number(unit.substr(4)); }
int number_of_picture(std::string_view unit) { return first_number(unit.substr(1)); }

std::vector<std::string> take_units(Fields& fields, unsigned count) {
    std::vector<std::string> units;
    for (; count > 0; --count)
        units.emplace_back(fields.take(take_number(fields, 2)));
    return units;
}

std::string listed(const std::vector<std::string>& units) {
    std::string text;
    for (const auto& unit : units)
        text += bytes_of(unit.size(), 2) + unit;
    return text;
}

void add(std::vector<std::string>& units, std::string_view unit) {
    if (std::ranges::find(units, unit) == units.end())
        units.emplace_back(unit);
}

/// A box on the way to `avcC`, and how much stands in it before the boxes inside.
struct Step {
    std::string_view type;
    std::size_t before = 0;
};
constexpr std::array<Step, 8> way{{{"moov"}, {"trak"}, {"mdia"}, {"minf"}, {"stbl"}, {"stsd", 8}, {"avc1", 78}, {"avcC"}}};

std::string exchanged(std::string_view boxes, std::span<const Step> steps, std::string_view configuration) {
    std::string made;
    bool is_found = false;
    for (Fields fields(boxes); !fields.empty();) {
        const auto header = folder::take_header(fields);
        const auto body = fields.take(header.size - folder::box_header);
        std::string inside(body);
        if (!is_found && header.type == steps.front().type) {
            is_found = true;
            const auto before = steps.front().before;
            inside = steps.size() == 1
                         ? std::string(configuration)
                         : std::string(body.substr(0, before)) +
                               exchanged(body.substr(std::min(before, body.size())), steps.subspan(1), configuration);
        }
        made += bytes_of(inside.size() + folder::box_header, 4);
        made += header.type;
        made += inside;
    }
    if (!is_found)
        folder::cannot_be_read_back();
    return made;
}

} // namespace

bool AvcSets::has(int number) const {
    const auto is_sequence = [number](const std::string& unit) { return number_of_sequence(unit) == number; };
    const auto is_picture = [number](const std::string& unit) { return number_of_picture(unit) == number; };
    return std::ranges::any_of(sequence, is_sequence) || std::ranges::any_of(picture, is_picture);
}

AvcSets read_avc_sets(std::string_view configuration) {
    Fields fields(configuration);
    AvcSets sets;
    if (take_number(fields, 1) != 1)
        folder::cannot_be_read_back();
    sets.profile = static_cast<int>(take_number(fields, 1));
    sets.compatibility = static_cast<int>(take_number(fields, 1));
    sets.level = static_cast<int>(take_number(fields, 1));
    sets.length_size = static_cast<int>((take_number(fields, 1) & 3U) + 1);
    sets.sequence = take_units(fields, take_number(fields, 1) & 0x1fU);
    sets.picture = take_units(fields, take_number(fields, 1));
    while (!fields.empty())
        sets.extension += fields.take(1);
    return sets;
}

std::string to_text(const AvcSets& sets) {
    constexpr unsigned reserved_before_length = 0xfc;
    constexpr unsigned reserved_before_count = 0xe0;
    const auto one = [](unsigned number) { return bytes_of(number, 1); };
    return one(1) + one(static_cast<unsigned>(sets.profile)) + one(static_cast<unsigned>(sets.compatibility)) +
           one(static_cast<unsigned>(sets.level)) +
           one(reserved_before_length | static_cast<unsigned>(sets.length_size - 1)) +
           one(reserved_before_count | static_cast<unsigned>(sets.sequence.size())) + listed(sets.sequence) +
           one(static_cast<unsigned>(sets.picture.size())) + listed(sets.picture) + sets.extension;
}

std::vector<std::string_view> units_behind_start_codes(std::string_view bytes) {
    constexpr std::string_view code("\0\0\1", 3);
    std::vector<std::string_view> units;
    for (auto at = bytes.find(code); at != std::string_view::npos;) {
        const auto begin = at + code.size();
        at = bytes.find(code, begin);
        auto unit = bytes.substr(begin, at == std::string_view::npos ? at : at - begin);
        // No unit ends with zeros: they belong to the next start code.
        unit = unit.substr(0, unit.find_last_not_of('\0') + 1);
        if (!unit.empty())
            units.push_back(unit);
    }
    return units;
}

std::string behind_lengths(std::string_view bytes, int length_size) {
    std::string made;
    for (const auto unit : units_behind_start_codes(bytes)) {
        if (length_size < 4 && unit.size() >> (8U * static_cast<unsigned>(length_size)) != 0)
            throw std::runtime_error("a picture is too large for its track");
        made += bytes_of(unit.size(), static_cast<std::size_t>(length_size));
        made += unit;
    }
    return made;
}

AvcSets with_sets_of(AvcSets to, std::string_view encoder) {
    for (const auto unit : units_behind_start_codes(encoder)) {
        const auto kind = byte_at(unit, 0) & unit_kind;
        if (kind == sequence_set) {
            to.profile = std::max(to.profile, static_cast<int>(byte_at(unit, 1)));
            to.compatibility &= static_cast<int>(byte_at(unit, 2));
            to.level = std::max(to.level, static_cast<int>(byte_at(unit, 3)));
            add(to.sequence, unit);
        } else if (kind == picture_set) {
            add(to.picture, unit);
        }
    }
    return to;
}

std::string with_configuration(std::string_view init, std::string_view configuration) {
    return exchanged(init, way, configuration);
}

} // namespace transcoder::withdraw
