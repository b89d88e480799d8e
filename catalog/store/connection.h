#pragma once

#include "catalog/store/access.h"
#include "catalog/store/query.h"
#include "catalog/store/transaction.h"

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace catalog::store {

/// An open catalog file. Used by one thread at a time.
class Connection {
  public:
    /// Opens and migrates as `Catalog` promises.
    Connection(const std::filesystem::path& file, Access access);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Access access() const { return access_; }

    /// Begins one run of `sql`, its '?' taken by `values` in order.
    template <class... Values> Query query(std::string_view sql, const Values&... values) {
        return Query(prepared(sql), values...);
    }

    /// Runs `sql` to its end; gives how many rows it changed.
    template <class... Values> int run(std::string_view sql, const Values&... values) {
        Query once(prepared(sql), values...);
        while (once.next()) {
        }
        return database_.getChanges();
    }

    /// Runs statements that are used once, separated by semicolons.
    void run_script(const std::string& sql) { database_.exec(sql); }

    /// As `Catalog` promises.
    void copy_to(const std::filesystem::path& file);

  private:
    friend class Transaction;

    PreparedStatement& prepared(std::string_view sql);

    Access access_;
    SQLite::Database database_;
    std::map<std::string, PreparedStatement, std::less<>> statements_;
    int transactions_ = 0;  ///< how many are open, one inside the other
};

} // namespace catalog::store
