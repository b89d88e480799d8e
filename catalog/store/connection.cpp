#include "catalog/store/connection.h"

#include "catalog/store/migrations.h"
#include "catalog/store/search_tokenizer.h"

#include <sqlite3.h>

#include <stdexcept>

namespace catalog::store {

namespace {

namespace fs = std::filesystem;

/// In the file's header, so that another program's database is told from a catalog: "KRKU".
constexpr int application = 0x4B524B55;

[[noreturn]] void give_up(const fs::path& file, const std::string& what) {
    throw std::runtime_error(file.string() + " " + what);
}

bool holds_something(const fs::path& folder) {
    std::error_code missing;
    const fs::directory_iterator entries(folder, missing);
    return !missing && entries != fs::directory_iterator();
}

bool is_missing(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error == std::errc::no_such_file_or_directory || (!error && size == 0);
}

/// A catalog that was lost must not be taken for one that never was.
void require_that_none_was_lost(const fs::path& file, Access access) {
    if (!is_missing(file)) {
        return;
    }
    const fs::path media = file.parent_path() / "media";
    if (holds_something(media)) {
        give_up(file, "is missing, but " + media.string() +
                          " holds recordings. Put the catalog back from a backup; or, to begin "
                          "with an empty catalog, move that folder away first.");
    }
    if (access == Access::read) {
        give_up(file, "is missing. Start the server, or import a catalog, to make one.");
    }
}

SQLite::Database open(const fs::path& file, Access access) {
    require_that_none_was_lost(file, access);
    constexpr int write_flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    constexpr int read_flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    constexpr int patience_ms = 5'000;
    return SQLite::Database(file.string(), access == Access::write ? write_flags : read_flags,
                            patience_ms);
}

/// What every connection keeps to. One connection writes and checkpoints; the others neither
/// (SQLite up to 3.51.2 can lose pages where a checkpoint races another connection's commit).
void configure(SQLite::Database& database, Access access) {
    database.exec("PRAGMA foreign_keys = ON;"
                  "PRAGMA cell_size_check = ON;"
                  "PRAGMA temp_store = MEMORY;"
                  // What was removed is overwritten: nobody reads withdrawn words in free pages.
                  "PRAGMA secure_delete = ON;"
                  "PRAGMA synchronous = FULL;");
    if (access == Access::read) {
        database.exec("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF;");
        return;
    }
    // The triggers that keep the search index up write to FTS5's tables, which SQLite 3.40 does not take
    // for harmless in a schema that is not trusted.
    database.exec("PRAGMA trusted_schema = ON;");
    const std::string mode = database.execAndGet("PRAGMA journal_mode = WAL").getString();
    if (mode != "wal") {
        throw std::runtime_error("the catalog's file system cannot keep a write-ahead log");
    }
}

void require_whole(SQLite::Database& database, const fs::path& file) {
    const std::string report = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (report != "ok") {
        give_up(file, "is damaged (" + report + "). Put it back from a backup.");
    }
}

/// Which form the file has; 0 where it is new.
int form_of(SQLite::Database& database, const fs::path& file) {
    const int form = database.execAndGet("PRAGMA user_version").getInt();
    const int made_by = database.execAndGet("PRAGMA application_id").getInt();
    const int tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
    const bool is_new = form == 0 && made_by == 0 && tables == 0;
    if (!is_new && made_by != application) {
        give_up(file, "is no catalog of Kiroku. Name another data folder.");
    }
    if (form > newest_form()) {
        give_up(file, "was written by a newer Kiroku (form " + std::to_string(form) +
                          "; this program knows up to " + std::to_string(newest_form()) +
                          "). Start that one, or put back a backup from before the update.");
    }
    return form;
}

} // namespace

Connection::Connection(const fs::path& file, Access access)
    : access_(access), database_(open(file, access)) {
    try {
        configure(database_, access);
        add_search_tokenizer(database_.getHandle());
        const int form = form_of(database_, file);
        if (access == Access::read && form < newest_form()) {
            give_up(file, "was written by an older Kiroku. Start the server once: it brings the "
                          "catalog up to date.");
        }
        if (access == Access::write) {
            require_whole(database_, file);
            database_.exec("PRAGMA application_id = " + std::to_string(application));
            migrate(*this, form);
        }
    } catch (const SQLite::Exception& failure) {
        const int code = failure.getErrorCode();
        if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) {
            give_up(file,
                    "is damaged (" + std::string(failure.what()) + "). Put it back from a backup.");
        }
        throw;
    }
}

void Connection::copy_to(const fs::path& file) {
    // A reader's file is open for reading only in any case; this would also forbid the other file.
    database_.exec("PRAGMA query_only = OFF");
    try {
        SQLite::Statement copy(database_, "VACUUM INTO ?");
        copy.bind(1, file.string());
        copy.exec();
    } catch (const SQLite::Exception& failure) {
        if (failure.getErrorCode() == SQLITE_FULL) {
            throw std::runtime_error("There is no room left for " + file.string() + ".");
        }
        throw;
    }
    if (access_ == Access::read) {
        database_.exec("PRAGMA query_only = ON");
    }
}

PreparedStatement& Connection::prepared(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) {
        return found->second;
    }
    const std::string text(sql);
    return statements_.emplace(text, PreparedStatement{SQLite::Statement(database_, text)})
        .first->second;
}

} // namespace catalog::store
