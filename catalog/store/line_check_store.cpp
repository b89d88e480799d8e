#include "catalog/store/line_check_store.h"

#include "catalog/store/connection.h"

#include <random>

namespace catalog::store {

namespace {

LineCheck read_check(Query& row) {
    return {
        .code = row.take<std::string>(),
        .at = row.take<time::UtcTime>(),
        .municipality = row.take<std::string>(),
        .department = row.take<std::string>(),
        .mode = row.take<std::string>(),
        .facts = row.take<std::string>(),
    };
}

constexpr const char* columns =
    "SELECT code, at_ms, municipality, department, mode, facts FROM line_check ";

/// Six digits. Who guesses one learns nothing: only the secretariat can look.
std::string some_code() {
    std::random_device random;
    std::uniform_int_distribution<int> digits(100'000, 999'999);
    return std::to_string(digits(random));
}

} // namespace

std::string LineCheckStore::add(LineCheck check) {
    return in_transaction(connection_, [&] {
        do {
            check.code = some_code();
        } while (find(check.code));
        connection_.run("INSERT INTO line_check (code, at_ms, municipality, department, mode, facts) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        check.code, check.at, check.municipality, check.department, check.mode,
                        check.facts);
        connection_.run("DELETE FROM line_check WHERE number <= "
                        "(SELECT max(number) FROM line_check) - ?",
                        most_kept);
        return check.code;
    });
}

std::optional<LineCheck> LineCheckStore::find(const std::string& code) {
    return read_one(connection_.query(std::string(columns) + "WHERE code = ?", code), read_check);
}

std::vector<LineCheck> LineCheckStore::newest(int most) {
    return read_all(
        connection_.query(std::string(columns) + "ORDER BY number DESC LIMIT ?", most), read_check);
}

} // namespace catalog::store
