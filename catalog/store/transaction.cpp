#include "catalog/store/transaction.h"

#include "catalog/store/connection.h"

#include <cassert>

namespace catalog::store {

namespace {

std::string savepoint(int level) {
    return "level_" + std::to_string(level);
}

} // namespace

Transaction::Transaction(Connection& connection)
    : connection_(connection), level_(connection.transactions_) {
    if (level_ > 0) {
        connection_.run_script("SAVEPOINT " + savepoint(level_));
    } else {
        // IMMEDIATE, so that what it reads is still so when it writes.
        connection_.run_script(connection_.access() == Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
    }
    ++connection_.transactions_;
}

Transaction::~Transaction() {
    if (!open_) {
        return;
    }
    assert(connection_.transactions_ == level_ + 1);
    --connection_.transactions_;
    try {
        if (level_ > 0) {
            connection_.run_script("ROLLBACK TO " + savepoint(level_) + "; RELEASE " +
                                   savepoint(level_));
        } else {
            connection_.run_script("ROLLBACK");
        }
    } catch (const SQLite::Exception&) {
        // The database undid it by itself when it failed; that failure is already on its way.
        return;
    }
}

void Transaction::commit() {
    assert(open_ && connection_.transactions_ == level_ + 1);
    connection_.run_script(level_ > 0 ? "RELEASE " + savepoint(level_) : "COMMIT");
    --connection_.transactions_;
    open_ = false;
}

} // namespace catalog::store
