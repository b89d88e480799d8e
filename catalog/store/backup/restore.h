#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/utc_time.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace catalog::store::backup {

struct RestoreReport {
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    time::UtcTime made_at;  ///< when the backup was made
};

/// Puts a backup back as a data folder, which must not be there yet, or be empty. Each file is held
/// against the manifest as it is copied; the folder appears when all of them are right.
/// Throws std::runtime_error with a sentence for people, which names the file where one is wrong or
/// missing; nothing is left of the copy then.
RestoreReport restore(const std::filesystem::path& backup, const DataFolder& to);

} // namespace catalog::store::backup
