#pragma once

#include "catalog/account.h"
#include "catalog/municipality.h"
#include "catalog/time/utc_time.h"
#include "catalog/store/backup/back_up.h"
#include "catalog/store/data_folder.h"
#include "server/handover/hand_over.h"

#include <filesystem>
#include <optional>
#include <string>

namespace server::commands {

/// Each gives the exit code, tells on `std::cout` and `std::cerr`, and throws
/// std::runtime_error with a sentence for people where the world does not let it.

struct Serve {
    catalog::store::DataFolder folder;
    std::string listen;                           ///< "127.0.0.1:8062", "[::1]:8062"
    std::string rtmp;                             ///< where publishers come in; empty: nowhere
    std::string srt;
    std::optional<catalog::time::UtcTime> clock;  ///< where the wall clock starts
    int threads = 0;                              ///< 0: one a core
};
int serve(const Serve& options);

/// Prints a new key of a live entry on standard output, and where to publish on standard error.
int make_stream_key(const catalog::store::DataFolder& folder, const catalog::VideoId& video);
int end_live(const catalog::store::DataFolder& folder, const catalog::VideoId& video);

int import_catalog(const catalog::store::DataFolder& folder, const std::filesystem::path& file);

/// The password is a line on standard input.
int add_account(const catalog::store::DataFolder& folder, std::string name, catalog::Role role,
                std::optional<catalog::Department> department);
/// For who lost their authenticator app.
int end_second_step(const catalog::store::DataFolder& folder, std::string name);
int list_accounts(const catalog::store::DataFolder& folder);

int add_registration(const catalog::store::DataFolder& folder,
                     const catalog::Registration& registration);

/// A line each; none where there is no catalog yet.
int list_sessions(const catalog::store::DataFolder& folder);

int check(const catalog::store::DataFolder& folder);

/// Beside a server that may be running. 1 also where the backup was made and the archive lacks
/// something.
int back_up(const catalog::store::DataFolder& folder, const std::filesystem::path& target,
            catalog::store::backup::Unchanged unchanged);
/// Checks what it has put back, as `check` does.
int restore(const std::filesystem::path& source, const catalog::store::DataFolder& to);

/// The year-end handover: a folder that tells and plays the archive without Kiroku.
int hand_over(const catalog::store::DataFolder& folder, const std::filesystem::path& target,
              handover::Sources sources);

} // namespace server::commands
