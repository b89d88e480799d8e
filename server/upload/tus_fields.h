#pragma once

#include "catalog/result.h"
#include "catalog/time/utc_time.h"
#include "catalog/upload.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace server::upload {

inline constexpr std::string_view tus_version = "1.0.0";
inline constexpr std::string_view tus_extensions =
    "creation,creation-with-upload,termination,expiration,checksum";
inline constexpr std::string_view chunk_type = "application/offset+octet-stream";

/// Digits only. Nothing where the text is none, or the number is beyond 2^63.
std::optional<std::uint64_t> read_number(std::string_view text);

/// What `Upload-Metadata` tells of a file.
struct Description {
    std::string file_name;
    std::string file_type;
    catalog::VideoId video;        ///< empty: a new draft, unless `material` is set
    catalog::MaterialId material;
    friend bool operator==(const Description&, const Description&) = default;
};

/// Refuses (invalid) what is no tus metadata, what is no UTF-8, control characters, ids that are
/// none, and a video together with a material.
catalog::Result<Description> read_metadata(std::string_view field);

/// A title for a new draft: the file's name without folders and ending.
std::string title_of(std::string_view file_name);

/// The ending of a file's name, ".mp4", where it is a plain one; else ".bin".
std::string ending_of(std::string_view file_name);

/// "Tue, 28 Dec 2021 15:00:00 GMT"
std::string http_date(catalog::time::UtcTime at);

} // namespace server::upload
