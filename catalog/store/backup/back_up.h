#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/utc_time.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace catalog::store::backup {

/// What is done with files that have not changed since the earlier backup.
enum class Unchanged {
    trust,     ///< kept as they are
    read_back, ///< read, and copied anew where they are not what they were
};

struct BackupReport {
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    std::size_t copied_files = 0;    ///< the others have not changed since the earlier backup
    std::uint64_t copied_bytes = 0;
    /// What the archive itself lacks, a sentence each. Where the earlier backup had it, it still does.
    std::vector<std::string> complaints;
};

/// Copies the data folder, beside a server that may be writing to it: the catalog of one moment, and
/// of each file at least what that catalog and the indexes name. What was written is read back. The
/// backup that `target` held stays whole until the new one is.
/// Throws std::runtime_error with a sentence for people where it cannot be made; `target` then holds
/// what it did before.
BackupReport back_up(const DataFolder& folder, const std::filesystem::path& target,
                     time::UtcTime now, Unchanged unchanged);

} // namespace catalog::store::backup
