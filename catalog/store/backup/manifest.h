#pragma once

#include "catalog/result.h"
#include "catalog/store/backup/file_copy.h"
#include "catalog/time/utc_time.h"

#include <map>
#include <string>
#include <string_view>

namespace catalog::store::backup {

/// A file of a backup.
struct Entry {
    FileSum sum;
    FileState original;
    enum class Age {
        growing,
        finished,  ///< nobody writes to its original any more
    } age = Age::growing;

    friend bool operator==(const Entry&, const Entry&) = default;
};

/// What a backup holds. Names are those in the data folder: "media/<recording>/v720.mp4".
struct Manifest {
    time::UtcTime made_at;
    std::map<std::string, Entry> files;

    friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// JSON, with a checksum of its own.
std::string to_text(const Manifest& manifest);

/// Refuses (invalid) what `to_text` would not write: damaged, of a newer Kiroku, names that lead
/// out of a data folder.
Result<Manifest> parse_manifest(std::string_view text);

} // namespace catalog::store::backup
