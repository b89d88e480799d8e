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

} // namespace catalog::store
