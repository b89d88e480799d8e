#include "catalog/store/session_store.h"

#include "catalog/store/connection.h"
#include "catalog/store/text_list.h"

namespace catalog::store {

namespace {

const std::string columns =
    "SELECT id, series, kind, number, title, description, status, precision, first_day, last_day, "
    "reception_ms, start_ms, end_ms, when_label, venue, venue_address, participation, "
    "cancel_reason FROM session ";

SessionDate read_date(Query& row) {
    return {
        .precision = row.take<SessionDate::Precision>(),
        .first_day = row.take<std::optional<time::Date>>(),
        .last_day = row.take<std::optional<time::Date>>(),
        .reception = row.take<std::optional<UtcTime>>(),
        .start = row.take<std::optional<UtcTime>>(),
        .end = row.take<std::optional<UtcTime>>(),
        .label = row.take<std::string>(),
    };
}

/// All but the programme and the replacements.
Session read_session(Query& row) {
    return {
        .id = row.take<SessionId>(),
        .series = row.take<SeriesId>(),
        .kind = row.take<std::string>(),
        .number = row.take<std::optional<int>>(),
        .title = row.take<std::string>(),
        .description = row.take<std::string>(),
        .status = row.take<SessionStatus>(),
        .when = read_date(row),
        .venue = row.take<std::string>(),
        .venue_address = row.take<std::string>(),
        .participation = words_in_column(row.take<std::string>()),
        .items = {},
        .replaced_by = {},
        .cancel_reason = row.take<std::string>(),
    };
}

ProgrammeItem read_item(Query& row) {
    return {
        .id = row.take<ProgrammeItemId>(),
        .kind = row.take<std::string>(),
        .kind_label = row.take<std::string>(),
        .title = row.take<std::string>(),
        .speaker = row.take<std::string>(),
        .note = row.take<std::string>(),
        .sub_items = words_in_column(row.take<std::string>()),
    };
}

void read_children(Connection& connection, Session& session) {
    session.items =
        read_all(connection.query("SELECT id, kind, kind_label, title, speaker, note, sub_items "
                                  "FROM programme_item WHERE session = ? ORDER BY position",
                                  session.id),
                 read_item);
    session.replaced_by = read_all(connection.query("SELECT replacement FROM session_replacement "
                                                    "WHERE session = ? ORDER BY position",
                                                    session.id),
                                   [](Query& row) { return row.take<SessionId>(); });
}

void put_row(Connection& connection, const Session& session) {
    connection.run(
        "INSERT INTO session (id, series, kind, number, title, description, status, precision, "
        "first_day, last_day, reception_ms, start_ms, end_ms, when_label, venue, venue_address, "
        "participation, cancel_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?) "
        "ON CONFLICT (id) DO UPDATE SET (series, kind, number, title, description, status, "
        "precision, first_day, last_day, reception_ms, start_ms, end_ms, when_label, venue, "
        "venue_address, participation, cancel_reason) = (excluded.series, excluded.kind, "
        "excluded.number, excluded.title, excluded.description, excluded.status, "
        "excluded.precision, excluded.first_day, excluded.last_day, excluded.reception_ms, "
        "excluded.start_ms, excluded.end_ms, excluded.when_label, excluded.venue, "
        "excluded.venue_address, excluded.participation, excluded.cancel_reason)",
        session.id, session.series, session.kind, session.number, session.title,
        session.description, session.status, session.when.precision, session.when.first_day,
        session.when.last_day, session.when.reception, session.when.start, session.when.end,
        session.when.label, session.venue, session.venue_address, to_column(session.participation),
        session.cancel_reason);
}

void put_children(Connection& connection, const Session& session) {
    connection.run("DELETE FROM programme_item WHERE session = ?", session.id);
    int position = 0;
    for (const ProgrammeItem& item : session.items) {
        connection.run(
            "INSERT INTO programme_item (session, position, id, kind, kind_label, title, "
            "speaker, note, sub_items) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            session.id, position++, item.id, item.kind, item.kind_label, item.title, item.speaker,
            item.note, to_column(item.sub_items));
    }
    connection.run("DELETE FROM session_replacement WHERE session = ?", session.id);
    position = 0;
    for (const SessionId& replacement : session.replaced_by) {
        connection.run("INSERT INTO session_replacement (session, position, replacement) "
                       "VALUES (?, ?, ?)",
                       session.id, position++, replacement);
    }
}

} // namespace

std::vector<Session> SessionStore::all() {
    auto sessions =
        read_all(connection_.query(columns + "ORDER BY first_day IS NULL, first_day, start_ms, id"),
                 read_session);
    for (Session& session : sessions) {
        read_children(connection_, session);
    }
    return sessions;
}

std::optional<Session> SessionStore::find(const SessionId& id) {
    auto session = read_one(connection_.query(columns + "WHERE id = ?", id), read_session);
    if (session) {
        read_children(connection_, *session);
    }
    return session;
}

std::map<SessionId, SessionRevision> SessionStore::revisions() {
    Query rows = connection_.query("SELECT session, sequence, changed_ms FROM session_revision");
    std::map<SessionId, SessionRevision> revisions;
    while (rows.next()) {
        const auto session = rows.take<SessionId>();
        const auto sequence = rows.take<int>();
        revisions.emplace(session, SessionRevision{sequence, rows.take<time::UtcTime>()});
    }
    return revisions;
}

void SessionStore::put(const Session& session) {
    in_transaction(connection_, [&] {
        put_row(connection_, session);
        put_children(connection_, session);
    });
}

Result<void> SessionStore::remove(const SessionId& id) {
    return in_transaction(connection_, [&]() -> Result<void> {
        const auto used = read_one(
            connection_.query("SELECT EXISTS (SELECT 1 FROM video WHERE session = ?) OR "
                              "EXISTS (SELECT 1 FROM material WHERE session = ?) OR "
                              "EXISTS (SELECT 1 FROM attendance WHERE session = ?)",
                              id, id, id),
            [](Query& row) { return row.take<bool>(); });
        if (used.value_or(false)) {
            return refuse(Refusal::conflict, "動画、資料、参加人数のどれかがある会合は削除できません。中止にしてください。");
        }
        if (connection_.run("DELETE FROM session WHERE id = ?", id) == 0) {
            return refuse(Refusal::not_found, "この会合は見つかりません。");
        }
        return {};
    });
}

} // namespace catalog::store
