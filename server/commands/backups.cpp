#include "catalog/store/backup/back_up.h"
#include "catalog/store/backup/restore.h"
#include "catalog/store/catalog.h"
#include "catalog/time/clock.h"
#include "server/commands/commands.h"
#include "server/pages/share.h"
#include "server/settings.h"

#include <array>
#include <iostream>
#include <string>

namespace server::commands {
namespace {

namespace backup = catalog::store::backup;

/// "1.2 GB"
std::string size_text(std::uint64_t bytes) {
    constexpr std::array<const char*, 5> units{" bytes", " kB", " MB", " GB", " TB"};
    std::size_t unit = 0;
    std::uint64_t tenths = bytes * 10;
    while (tenths >= 10'000 && unit + 1 < units.size()) {
        tenths /= 1000;
        ++unit;
    }
    const auto fraction = unit == 0 ? "" : "." + std::to_string(tenths % 10);
    return std::to_string(tenths / 10) + fraction + units.at(unit);
}

std::string count_text(std::size_t files, std::uint64_t bytes) {
    return std::to_string(files) + (files == 1 ? " file (" : " files (") + size_text(bytes) + ")";
}

} // namespace

int back_up(const catalog::store::DataFolder& folder, const std::filesystem::path& target,
            catalog::store::backup::Unchanged unchanged) {
    const auto report =
        backup::back_up(folder, target, catalog::time::SystemClock().now(), unchanged);
    std::cout << "Backed up " << count_text(report.files, report.bytes) << " to " << target.string()
              << "; copied " << count_text(report.copied_files, report.copied_bytes) << ".\n";
    for (const auto& complaint : report.complaints)
        std::cerr << complaint << '\n';
    return report.complaints.empty() ? 0 : 1;
}

int restore(const std::filesystem::path& source, const catalog::store::DataFolder& to) {
    const auto report = backup::restore(source, to);
    const auto made = catalog::time::format_rfc3339(report.made_at);
    std::cout << "Put back " << count_text(report.files, report.bytes) << " in " << to.root.string()
              << ", as of " << made << ".\n";
    {
        // As a server's start does: an older catalog is brought up to date, and nobody works any more.
        const catalog::store::WriterLock lock(to);
        catalog::store::Catalog(to.catalog_file(), catalog::store::Access::write).jobs.release_all();
    }
    return check(to);
}

int hand_over(const catalog::store::DataFolder& folder, const std::filesystem::path& target,
              handover::Sources sources) {
    const auto report = handover::hand_over({.folder = folder,
                                             .target = target,
                                             .share = pages::Share::folder_of_program(),
                                             .site = load_settings(folder.settings()).site,
                                             .now = catalog::time::SystemClock().now(),
                                             .sources = sources});
    std::cout << "Exported " << count_text(report.files, report.bytes) << " to " << target.string()
              << ".\n";
    for (const auto& sentence : report.left_out)
        std::cout << sentence << '\n';
    return 0;
}

} // namespace server::commands
