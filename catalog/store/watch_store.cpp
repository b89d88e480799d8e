#include "catalog/store/watch_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

WatchStore::Watching read_watching(Query& row) {
    return {
        .live = row.take<WatchedSeconds>(),
        .recorded = row.take<WatchedSeconds>(),
        .first = row.take<time::UtcTime>(),
        .last = row.take<time::UtcTime>(),
    };
}

WatchStore::WatchedVideo read_watched_video(Query& row) {
    WatchStore::WatchedVideo watched{row.take<VideoId>(), row.take<WatchedSeconds>()};
    watched.seconds.unite(row.take<WatchedSeconds>());
    return watched;
}

Department read_department(Query& row) {
    return {row.take<std::string>(), row.take<std::string>()};
}

WatchStore::Watcher read_watcher(Query& row) {
    return {
        .account = row.take<AccountId>(),
        .department = read_department(row),
        .people = row.take<int>(),
        .live = row.take<WatchedSeconds>(),
        .recorded = row.take<WatchedSeconds>(),
    };
}

Attendance read_attendance(Query& row) {
    return {
        .department = read_department(row),
        .way = row.take<WayToAttend>(),
        .count = row.take<int>(),
    };
}

} // namespace

bool WatchStore::know(const AccountId& account) {
    const int rows = connection_.run(
        "INSERT INTO watcher (account, municipality, department) "
        "SELECT id, municipality, department FROM account "
        "WHERE id = ? AND role = 'viewer' AND municipality IS NOT NULL "
        "ON CONFLICT (account) DO UPDATE SET municipality = excluded.municipality, "
        "department = excluded.department",
        account);
    return rows > 0;
}

std::optional<WatchStore::Watching> WatchStore::find(const AccountId& account,
                                                     const VideoId& video) {
    return read_one(connection_.query("SELECT live_bits, bits, first_ms, last_ms FROM watched "
                                      "WHERE watcher = ? AND video = ?",
                                      account, video),
                    read_watching);
}

std::vector<WatchStore::WatchedVideo> WatchStore::of_account(const AccountId& account) {
    return read_all(
        connection_.query("SELECT video, live_bits, bits FROM watched WHERE watcher = ?", account),
        read_watched_video);
}

PlayAllowance WatchStore::allowance(const Report& report) {
    struct Left {
        milliseconds spare;
        time::UtcTime last;
    };
    const auto left = read_one(
        connection_.query("SELECT spare_ms, last_ms FROM watched WHERE watcher = ? AND video = ?",
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
        if (!know(report.account)) {
            return;
        }
        auto watching = find(report.account, report.video)
                            .value_or(Watching{{}, {}, report.at, report.at});
        auto& seconds = report.when == While::streamed ? watching.live : watching.recorded;
        auto allowance = this->allowance(report);
        allowance.take(seconds.add_at_most(report.played, allowance.seconds()));
        // The clock may have been set back.
        const auto last = std::max(watching.last, report.at);
        connection_.run(
            "INSERT INTO watched (watcher, video, live_bits, bits, spare_ms, first_ms, last_ms) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (watcher, video) DO UPDATE SET live_bits = excluded.live_bits, "
            "bits = excluded.bits, spare_ms = excluded.spare_ms, last_ms = excluded.last_ms",
            report.account, report.video, watching.live, watching.recorded, allowance.spare(),
            watching.first, last);
    });
}

std::vector<WatchStore::Watcher> WatchStore::of_video(const VideoId& video) {
    return read_all(
        connection_.query("SELECT watcher.account, watcher.municipality, watcher.department, "
                          "coalesce(headcount.people, 1), watched.live_bits, watched.bits "
                          "FROM watched JOIN watcher ON watcher.account = watched.watcher "
                          "LEFT JOIN headcount ON headcount.watcher = watched.watcher "
                          "AND headcount.video = watched.video "
                          "WHERE watched.video = ? "
                          "AND (watched.live_bits <> x'' OR watched.bits <> x'')",
                          video),
        read_watcher);
}

void WatchStore::add_opened(const AccountId& account, const MaterialId& material,
                            time::UtcTime at) {
    in_transaction(connection_, [&] {
        if (know(account)) {
            connection_.run("INSERT INTO opened_material (watcher, material, first_ms) "
                            "VALUES (?, ?, ?) ON CONFLICT (watcher, material) DO NOTHING",
                            account, material, at);
        }
    });
}

bool WatchStore::has_opened(const AccountId& account, const MaterialId& material) {
    return connection_
        .query("SELECT 1 FROM opened_material WHERE watcher = ? AND material = ?", account,
               material)
        .next();
}

std::vector<Department> WatchStore::openers_of(const SessionId& session) {
    return read_all(
        connection_.query("SELECT watcher.municipality, watcher.department FROM watcher "
                          "WHERE watcher.account IN (SELECT opened_material.watcher "
                          "FROM opened_material JOIN material "
                          "ON material.id = opened_material.material WHERE material.session = ?)",
                          session),
        read_department);
}

std::vector<Department> WatchStore::openers_of(const VideoId& video) {
    return read_all(
        connection_.query("SELECT watcher.municipality, watcher.department FROM watcher "
                          "WHERE watcher.account IN (SELECT opened_material.watcher "
                          "FROM opened_material JOIN material "
                          "ON material.id = opened_material.material WHERE material.video = ?)",
                          video),
        read_department);
}

std::vector<Department> WatchStore::departments() {
    return read_all(connection_.query("SELECT DISTINCT municipality, department FROM watcher"),
                    read_department);
}

int WatchStore::people(const AccountId& account, const VideoId& video) {
    return read_one(connection_.query("SELECT people FROM headcount WHERE watcher = ? AND video = ?",
                                      account, video),
                    [](Query& row) { return row.take<int>(); })
        .value_or(1);
}

Result<void> WatchStore::set_people(const AccountId& account, const VideoId& video, int people) {
    if (people < 1 || people > most_people) {
        return refuse(Refusal::invalid, "人数は1人から500人までにしてください。");
    }
    in_transaction(connection_, [&] {
        if (know(account)) {
            connection_.run("INSERT INTO headcount (watcher, video, people) VALUES (?, ?, ?) "
                            "ON CONFLICT (watcher, video) DO UPDATE SET people = excluded.people",
                            account, video, people);
        }
    });
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

void WatchStore::add_attendance(const SessionId& session, WayToAttend way,
                                const AttendanceCounts& counts) {
    in_transaction(connection_, [&] {
        for (const auto& [municipality, count] : counts) {
            if (count > 0) {
                connection_.run("INSERT INTO attendance (session, way, municipality, department, "
                                "count) VALUES (?, ?, ?, '', ?) "
                                "ON CONFLICT (session, way, municipality, department) "
                                "DO UPDATE SET count = count + excluded.count",
                                session, way, municipality, count);
            }
        }
    });
}

} // namespace catalog::store
