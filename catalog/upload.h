#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace catalog {

/// A file on its way in (tus 1.0). Its bytes lie in `uploads/<id>`; how many of them are durable is
/// that file's size, not stored here.
struct Upload {
    UploadId id;
    std::uint64_t length = 0;          ///< bytes when whole
    std::string file_name;             ///< what the sender calls it; data, never a path
    std::string file_type;
    VideoId video;                     ///< becomes its recording; empty where `material` is set
    MaterialId material;               ///< becomes its file; empty where `video` is set
    AccountId owner;
    std::string metadata;              ///< the Upload-Metadata header, given back by HEAD
    time::UtcTime created;
    time::UtcTime expires;
    bool finished = false;             ///< whole, checked and handed on

    friend bool operator==(const Upload&, const Upload&) = default;
};

} // namespace catalog
