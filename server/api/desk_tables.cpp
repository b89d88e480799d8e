#include "catalog/desk_table/programme_table.h"
#include "catalog/desk_table/registration_table.h"
#include "catalog/desk_table/session_table.h"
#include "catalog/random_id.h"
#include "server/access/random.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/api/session_writing.h"

namespace server::api {
namespace {

using namespace catalog::desk_table;
using catalog::Refusal;
using catalog::Result;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

std::string_view word_of(TableChange::Kind kind) {
    return kind == TableChange::Kind::added ? "added" : kind == TableChange::Kind::changed ? "changed" : "removed";
}

json changes_json(const std::vector<TableChange>& changes) {
    auto listed = json::array();
    for (const auto& change : changes) {
        auto cells = json::array();
        for (const auto& cell : change.cells)
            cells.push_back({{"column", cell.column}, {"before", cell.before}, {"after", cell.after}});
        listed.push_back({{"line", change.line},
                          {"kind", word_of(change.kind)},
                          {"title", change.title},
                          {"cells", std::move(cells)}});
    }
    return listed;
}

/// P of server/README.md. `seen` is what has to be said when it is applied: it changes with all that would be done.
template <class Reading> json preview_json(const Reading& reading) {
    auto mistakes = json::array();
    for (const auto& mistake : reading.mistakes)
        mistakes.push_back({{"line", mistake.line}, {"message", mistake.message}});
    auto changes = changes_json(reading.changes);
    const auto seen = access::token_hash(changes.dump());
    return {{"changes", std::move(changes)},
            {"unchanged", reading.unchanged},
            {"mistakes", std::move(mistakes)},
            {"seen", seen}};
}

/// Refuses what has a mistake, what changes nothing, and what is not what was seen.
template <class Reading> Result<void> may_be_applied(const Reading& reading, const std::string& seen) {
    if (!reading.mistakes.empty()) {
        const auto& first = reading.mistakes.front();
        return refuse(Refusal::invalid, std::to_string(first.line) + "行目：" + first.message);
    }
    if (reading.changes.empty())
        return refuse(Refusal::invalid, "変わるところがありません。");
    if (preview_json(reading)["seen"] != seen)
        return refuse(Refusal::conflict,
                      "確かめた後に、ほかの人が変えました。何も変えていません。もう一度ファイルを選んで確かめてください。");
    return {};
}

KnownRegistrations known_registrations(Catalog& catalog) {
    return {catalog.municipalities.registrations(), catalog.municipalities.all(), catalog.series.all()};
}

json registered_titles(Catalog& catalog, const catalog::Department& department) {
    auto titles = json::array();
    for (const auto& id : catalog.municipalities.registered_series(department))
        if (const auto series = catalog.series.find(id))
            titles.push_back(series->title);
    return {{"registered", std::move(titles)}};
}

/// The schedule, its programmes and the registrations as tables: out, what a table would change, and in.
class TableApi {
  public:
    explicit TableApi(Services& services) : services_(services) {}

    Task<Reply> sessions(const Request&, const Caller&) const {
        auto write = [this](Catalog& catalog) {
            return sessions_csv(catalog.sessions.all(), catalog.series.all(), services_.zone);
        };
        co_return table_reply(co_await services_.readers.run(std::move(write)), "会合の予定.csv");
    }

    Task<Reply> preview_sessions(const Request& request, const Caller&) const {
        auto read = [this, &bytes = request.body()](Catalog& catalog) { return read_all_sessions(catalog, bytes); };
        co_return preview_reply(co_await services_.readers.run(std::move(read)));
    }

    Task<Reply> put_sessions(const Request& request, const Caller& caller) const {
        auto change = [this, bytes = request.body(), seen = request.query("seen").value_or(""),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            auto reading = read_all_sessions(catalog, bytes);
            if (!reading)
                return reading.error();
            if (const auto may = may_be_applied(*reading, seen); !may)
                return may.error();
            catalog.transaction([&] {
                for (auto& session : reading->changed) {
                    const auto before = session.id.empty() ? std::nullopt : catalog.sessions.find(session.id);
                    if (!before)
                        session.id = catalog::SessionId(catalog::random_id());
                    put_session(services_, catalog, before, session, account);
                }
            });
            for (const auto& session : reading->changed)
                show_session_in_play(services_, catalog, session.id);
            return given({{"changed", reading->changed.size()}});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> programmes(const Request&, const Caller&) const {
        auto write = [](Catalog& catalog) { return programmes_csv(catalog.sessions.all()); };
        co_return table_reply(co_await services_.readers.run(std::move(write)), "会合のプログラム.csv");
    }

    Task<Reply> preview_programmes(const Request& request, const Caller&) const {
        auto read = [unnamed = unnamed_in(request), &bytes = request.body()](Catalog& catalog) {
            return read_programmes(bytes, catalog.sessions.all(), unnamed);
        };
        co_return preview_reply(co_await services_.readers.run(std::move(read)));
    }

    Task<Reply> put_programmes(const Request& request, const Caller& caller) const {
        auto change = [this, bytes = request.body(), unnamed = unnamed_in(request),
                       seen = request.query("seen").value_or(""),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto reading = read_programmes(bytes, catalog.sessions.all(), unnamed);
            if (!reading)
                return reading.error();
            if (const auto may = may_be_applied(*reading, seen); !may)
                return may.error();
            catalog.transaction([&] {
                for (const auto& session : reading->changed)
                    put_session(services_, catalog, catalog.sessions.find(session.id), session, account);
            });
            for (const auto& session : reading->changed)
                show_session_in_play(services_, catalog, session.id);
            return given({{"changed", reading->changes.size()}});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> registrations(const Request&, const Caller&) const {
        auto write = [](Catalog& catalog) { return registrations_csv(known_registrations(catalog)); };
        co_return table_reply(co_await services_.readers.run(std::move(write)), "参加登録.csv");
    }

    Task<Reply> preview_registrations(const Request& request, const Caller&) const {
        auto read = [unnamed = unnamed_in(request), &bytes = request.body()](Catalog& catalog) {
            return read_registrations(bytes, known_registrations(catalog), unnamed);
        };
        co_return preview_reply(co_await services_.readers.run(std::move(read)));
    }

    Task<Reply> put_registrations(const Request& request, const Caller& caller) const {
        auto change = [this, bytes = request.body(), unnamed = unnamed_in(request),
                       seen = request.query("seen").value_or(""),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto reading = read_registrations(bytes, known_registrations(catalog), unnamed);
            if (!reading)
                return reading.error();
            if (const auto may = may_be_applied(*reading, seen); !may)
                return may.error();
            const auto put = catalog.transaction([&] { return put_all(catalog, *reading, account); });
            if (!put)
                return put.error();
            return given({{"changed", reading->changes.size()}});
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

  private:
    Result<SessionReading> read_all_sessions(Catalog& catalog, const std::string& bytes) const {
        return read_sessions(bytes, catalog.sessions.all(), catalog.series.all(), services_.zone);
    }

    Result<void> put_all(Catalog& catalog, const RegistrationReading& reading, const catalog::AccountId& account) const {
        std::map<catalog::Department, json> before;
        for (const auto& list : {reading.added, reading.removed})
            for (const auto& each : list)
                before.try_emplace(each.department, registered_titles(catalog, each.department));
        for (const auto& each : reading.added)
            if (const auto added = catalog.municipalities.add_registration(each); !added)
                return added;
        for (const auto& each : reading.removed)
            catalog.municipalities.remove_registration(each);
        for (const auto& [department, was] : before)
            catalog.audit.append({services_.clock.now(), account, "department.series",
                                  department.municipality + " " + department.name, was.dump(),
                                  registered_titles(catalog, department).dump()});
        return {};
    }

    static Unnamed unnamed_in(const Request& request) {
        return request.query("unnamed").value_or("") == "removed" ? Unnamed::removed : Unnamed::kept;
    }

    static Reply table_reply(std::string table, const std::string& name) {
        Reply reply{.type = "text/csv; charset=utf-8", .body = std::move(table)};
        reply.add("Content-Disposition", http::attachment(name));
        return reply;
    }

    template <class Reading> static Reply preview_reply(const Result<Reading>& reading) {
        return reading ? http::json(Status::ok, preview_json(*reading)) : http::refusal(reading.error());
    }

    Services& services_;
};

} // namespace

void add_desk_tables(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const TableApi api(services);
    const http::BodyRule file{http::BodyRule::Kind::any, 4 * 1024 * 1024};
    const std::string sessions = "/api/desk/sessions.csv";
    const std::string programmes = "/api/desk/programmes.csv";
    const std::string registrations = "/api/desk/registrations.csv";
    router.add({get, sessions, secretariat, handler(api, &TableApi::sessions)});
    router.add({post, sessions, secretariat, handler(api, &TableApi::put_sessions), file});
    router.add({post, sessions + "/preview", secretariat, handler(api, &TableApi::preview_sessions), file});
    router.add({get, programmes, secretariat, handler(api, &TableApi::programmes)});
    router.add({post, programmes, secretariat, handler(api, &TableApi::put_programmes), file});
    router.add({post, programmes + "/preview", secretariat, handler(api, &TableApi::preview_programmes), file});
    router.add({get, registrations, secretariat, handler(api, &TableApi::registrations)});
    router.add({post, registrations, secretariat, handler(api, &TableApi::put_registrations), file});
    router.add({post, registrations + "/preview", secretariat, handler(api, &TableApi::preview_registrations), file});
}

} // namespace server::api
