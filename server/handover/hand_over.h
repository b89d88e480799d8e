#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/utc_time.h"
#include "server/handover/recordings.h"
#include "server/settings.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace server::handover {

struct Order {
    catalog::store::DataFolder folder;
    std::filesystem::path target;
    std::filesystem::path share;  ///< what the player's build made
    Settings::Site site;
    catalog::time::UtcTime now;
    Sources sources = Sources::left_out;
};

struct Report {
    std::size_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> left_out;  ///< a sentence for each recording that is not finished
};

/// Makes a folder that tells and plays the archive without Kiroku: pages, catalog.json, recordings,
/// captions, materials, checksums. Beside a server that may be running. The folder appears when it is
/// whole. Throws std::runtime_error with a sentence for people where it cannot be made; nothing is
/// left of it then.
Report hand_over(const Order& order);

} // namespace server::handover
