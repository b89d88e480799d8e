#include "catalog/video.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<Video::Kind>, 3> kinds{{
    {Video::Kind::lecture, "lecture"},
    {Video::Kind::record, "record"},
    {Video::Kind::live, "live"},
}};

} // namespace

std::string_view to_text(Video::Kind kind) {
    return name_of(kinds, kind);
}

std::optional<Video::Kind> video_kind_from_text(std::string_view text) {
    return value_named(kinds, text);
}

} // namespace catalog
