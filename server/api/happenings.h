#pragma once

#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"

#include <cstdint>
#include <string>
#include <vector>

namespace server::api {

/// Something that viewers may want to be told, and that no notice tells yet.
struct Happening {
    enum class Kind { materials, materials_replaced, recording, lecture, date, date_changed, cancelled };
    Kind kind = Kind::materials;
    catalog::time::UtcTime at;              ///< the last entry of the log that it is made of
    std::vector<std::int64_t> numbers;      ///< of those entries
    catalog::SessionId session;             ///< empty where it belongs to none
    catalog::VideoId video;                 ///< likewise
    std::vector<std::string> links;         ///< what a notice of it leads to
    std::vector<std::string> titles;        ///< of those
};
std::string_view to_text(Happening::Kind kind);

/// What the audit log tells of the last 60 days and what is so still: files of materials, by session, videos that became
/// visible, dates that were set or changed, sessions that were cancelled. Without those that a notice of that day or
/// later leads to, and those of which nobody needs to be told. The newest first.
std::vector<Happening> happenings(catalog::store::Catalog& catalog, catalog::time::UtcTime now,
                                  const catalog::time::Zone& zone);

} // namespace server::api
