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

AuditLog::Kept read_kept(Query& row) {
    const auto number = row.take<std::int64_t>();
    return {number, read_entry(row)};
}

const std::string kept_columns = "SELECT number, at_ms, account, action, subject, before, after FROM audit ";

/// ",video,recording,": in which a word is looked for with its commas.
std::string between_commas(const std::vector<std::string>& words) {
    std::string list;
    for (const auto& word : words) {
        list += (list.empty() ? "," : "") + word + ",";
    }
    return list;
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

std::vector<AuditLog::Kept> AuditLog::find(const Wanted& wanted, int most) {
    const auto kinds = between_commas(wanted.kinds);
    return read_all(
        connection_.query(kept_columns +
                              "WHERE (? OR account IS ?) "
                              "AND (? = '' OR instr(?, ',' || substr(action, 1, instr(action, '.') - 1) || ',') > 0) "
                              "AND (? OR CASE WHEN before = '' OR after = '' THEN 0 ELSE "
                              "json_extract(before, '$.published') IS NOT json_extract(after, '$.published') "
                              "OR json_extract(before, '$.audience') IS NOT json_extract(after, '$.audience') "
                              "OR json_extract(before, '$.window') IS NOT json_extract(after, '$.window') END) "
                              "AND at_ms >= coalesce(?, at_ms) AND (? IS NULL OR at_ms < ?) "
                              "AND number < coalesce(?, number + 1) ORDER BY number DESC LIMIT ?",
                          !wanted.account.has_value(), wanted.account.value_or(AccountId()), kinds, kinds,
                          wanted.of == Wanted::Of::all, wanted.from, wanted.until, wanted.until, wanted.before, most),
        read_kept);
}

std::optional<AuditLog::Kept> AuditLog::find(std::int64_t number) {
    return read_one(connection_.query(kept_columns + "WHERE number = ?", number), read_kept);
}

std::vector<AccountId> AuditLog::accounts() {
    return read_all(connection_.query("SELECT DISTINCT account FROM audit ORDER BY account"),
                    [](Query& row) { return row.take<AccountId>(); });
}

} // namespace catalog::store
