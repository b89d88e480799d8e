#include "catalog/store/audit_log.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

AuditLog::Entry read_entry(Query& row) {
    return {
        .at = row.take<time::UtcTime>(),
        .account = row.take<AccountId>(),
        .action = row.take<std::string>(),
        .subject = row.take<std::string>(),
        .before = row.take<std::string>(),
        .after = row.take<std::string>(),
    };
}

} // namespace

void AuditLog::append(const Entry& entry) {
    connection_.run("INSERT INTO audit (at_ms, account, action, subject, before, after) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    entry.at, entry.account, entry.action, entry.subject, entry.before,
                    entry.after);
}

std::vector<AuditLog::Entry> AuditLog::of_subject(const std::string& subject) {
    return read_all(connection_.query("SELECT at_ms, account, action, subject, before, after "
                                      "FROM audit WHERE subject = ? ORDER BY number",
                                      subject),
                    read_entry);
}

} // namespace catalog::store
