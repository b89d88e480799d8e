#include "catalog/store/watch_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

WatchStore::Watching read_watching(Query& row) {
    return {
        .seconds = row.take<WatchedSeconds>(),
        .during_live = row.take<bool>(),
        .first = row.take<time::UtcTime>(),
        .last = row.take<time::UtcTime>(),
    };
}

WatchStore::Watcher read_watcher(Query& row) {
    return {
        .account = row.take<AccountId>(),
        .department = {row.take<std::string>(), row.take<std::string>()},
        .people = row.take<int>(),
        .seconds = row.take<WatchedSeconds>(),
        .during_live = row.take<bool>(),
    };
}

Attendance read_attendance(Query& row) {
    return {
        .department = {row.take<std::string>(), row.take<std::string>()},
        .way = row.take<WayToAttend>(),
        .count = row.take<int>(),
    };
}

} // namespace

std::optional<WatchStore::Watching> WatchStore::find(const AccountId& account,
                                                     const VideoId& video) {
    return read_one(connection_.query("SELECT bits, during_live, first_ms, last_ms FROM watched "
                                      "WHERE account = ? AND video = ?",
                                      account, video),
                    read_watching);
}

PlayAllowance WatchStore::allowance(const Report& report) {
    struct Left {
        milliseconds spare;
        time::UtcTime last;
    };
    const auto left = read_one(
        connection_.query("SELECT spare_ms, last_ms FROM watched WHERE account = ? AND video = ?",
                          report.account, report.video),
        [](Query& row) {
            return Left{row.take<milliseconds>(), row.take<time::UtcTime>()};
        });
    if (!left) {
        return {};
    }
    PlayAllowance allowance(left->spare);
    allowance.pass(report.at - left->last);
    return allowance;
}

void WatchStore::add(const Report& report) {
    in_transaction(connection_, [&] {
        const auto known = find(report.account, report.video);
        auto seconds = known ? known->seconds : WatchedSeconds();
        auto allowance = this->allowance(report);
        allowance.take(seconds.add_at_most(report.played, allowance.seconds()));
        // The clock may have been set back.
        const auto last = known ? std::max(known->last, report.at) : report.at;
        connection_.run(
            "INSERT INTO watched (account, video, bits, spare_ms, during_live, first_ms, last_ms) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (account, video) DO UPDATE SET bits = excluded.bits, "
            "spare_ms = excluded.spare_ms, during_live = max(during_live, excluded.during_live), "
            "last_ms = excluded.last_ms",
            report.account, report.video, seconds, allowance.spare(), report.during_live,
            known ? known->first : report.at, last);
    });
}

std::vector<WatchStore::Watcher> WatchStore::of_video(const VideoId& video) {
    return read_all(
        connection_.query("SELECT watched.account, account.municipality, account.department, "
                          "coalesce(headcount.people, 1), watched.bits, watched.during_live "
                          "FROM watched JOIN account ON account.id = watched.account "
                          "LEFT JOIN headcount ON headcount.account = watched.account "
                          "AND headcount.video = watched.video "
                          "WHERE watched.video = ? AND account.role = 'viewer' "
                          "AND account.municipality IS NOT NULL AND watched.bits <> x''",
                          video),
        read_watcher);
}

int WatchStore::people(const AccountId& account, const VideoId& video) {
    return read_one(connection_.query("SELECT people FROM headcount WHERE account = ? AND video = ?",
                                      account, video),
                    [](Query& row) { return row.take<int>(); })
        .value_or(1);
}

Result<void> WatchStore::set_people(const AccountId& account, const VideoId& video, int people) {
    if (people < 1 || people > most_people) {
        return refuse(Refusal::invalid, "人数は1人から500人までにしてください。");
    }
    connection_.run("INSERT INTO headcount (account, video, people) VALUES (?, ?, ?) "
                    "ON CONFLICT (account, video) DO UPDATE SET people = excluded.people",
                    account, video, people);
    return {};
}

std::vector<Attendance> WatchStore::attendance(const SessionId& session) {
    return read_all(connection_.query("SELECT municipality, department, way, count FROM attendance "
                                      "WHERE session = ? ORDER BY municipality, department, way",
                                      session),
                    read_attendance);
}

void WatchStore::replace_attendance(const SessionId& session, WayToAttend way,
                                    const AttendanceCounts& counts) {
    in_transaction(connection_, [&] {
        connection_.run("DELETE FROM attendance WHERE session = ? AND way = ?", session, way);
        set_attendance(session, way, counts);
    });
}

void WatchStore::set_attendance(const SessionId& session, WayToAttend way,
                                const AttendanceCounts& counts) {
    in_transaction(connection_, [&] {
        for (const auto& [municipality, count] : counts) {
            connection_.run("DELETE FROM attendance WHERE session = ? AND way = ? "
                            "AND municipality = ? AND department = ''",
                            session, way, municipality);
            if (count > 0) {
                connection_.run("INSERT INTO attendance (session, way, municipality, department, "
                                "count) VALUES (?, ?, ?, '', ?)",
                                session, way, municipality, count);
            }
        }
    });
}

} // namespace catalog::store
