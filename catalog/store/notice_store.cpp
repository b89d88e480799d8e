#include "catalog/store/notice_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/text_list.h"

namespace catalog::store {

namespace {

Notice read_notice(Query& row) {
    return {
        .id = row.take<NoticeId>(),
        .date = row.take<time::Date>(),
        .title = row.take<std::string>(),
        .body = row.take<std::string>(),
        .links = words_in_column(row.take<std::string>()),
    };
}

} // namespace

std::vector<Notice> NoticeStore::all() {
    return read_all(connection_.query("SELECT id, date, title, body, links FROM notice "
                                      "ORDER BY date DESC, rowid"),
                    read_notice);
}

std::optional<Notice> NoticeStore::find(const NoticeId& id) {
    return read_one(
        connection_.query("SELECT id, date, title, body, links FROM notice WHERE id = ?", id),
        read_notice);
}

void NoticeStore::put(const Notice& notice) {
    connection_.run("INSERT INTO notice (id, date, title, body, links) VALUES (?, ?, ?, ?, ?) "
                    "ON CONFLICT (id) DO UPDATE SET (date, title, body, links) = "
                    "(excluded.date, excluded.title, excluded.body, excluded.links)",
                    notice.id, notice.date, notice.title, notice.body, to_column(notice.links));
}

Result<void> NoticeStore::remove(const NoticeId& id) {
    if (connection_.run("DELETE FROM notice WHERE id = ?", id) == 0) {
        return refuse(Refusal::not_found, "このお知らせは見つかりません。");
    }
    return {};
}

std::set<std::int64_t> NoticeStore::unannounced() {
    Query rows = connection_.query("SELECT number FROM unannounced");
    std::set<std::int64_t> numbers;
    while (rows.next()) {
        numbers.insert(rows.take<std::int64_t>());
    }
    return numbers;
}

Result<void> NoticeStore::leave_unannounced(std::int64_t number) {
    connection_.run("INSERT INTO unannounced (number) SELECT number FROM audit WHERE number = ? ON CONFLICT DO NOTHING",
                    number);
    if (!unannounced().contains(number)) {
        return refuse(Refusal::not_found, "この出来事は見つかりません。");
    }
    return {};
}

} // namespace catalog::store
