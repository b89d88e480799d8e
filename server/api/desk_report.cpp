#include "catalog/participant_list.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/report_view.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

#include <array>

namespace server::api {
namespace {

using catalog::AttendanceCounts;
using catalog::Participants;
using catalog::Refusal;
using catalog::Result;
using catalog::SessionId;
using catalog::WayToAttend;
using catalog::store::Catalog;
using catalog::store::WatchReport;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

/// Counts, and what becomes of those that were known.
struct Change {
    std::map<WayToAttend, AttendanceCounts> counts;
    enum class Known { replaced, replaced_where_named, added_to };
    Known known = Known::replaced_where_named;
};

void apply(Catalog& catalog, const SessionId& session, const Change& change) {
    for (const auto& [way, counts] : change.counts) {
        switch (change.known) {
        case Change::Known::replaced:
            catalog.watching.replace_attendance(session, way, counts);
            break;
        case Change::Known::replaced_where_named:
            catalog.watching.set_attendance(session, way, counts);
            break;
        case Change::Known::added_to:
            catalog.watching.add_attendance(session, way, counts);
            break;
        }
    }
}

/// `[{"name", "proposed": code|null}]`
json unmatched_json(const Participants& participants) {
    auto listed = json::array();
    for (const auto& [name, proposed] : participants.unmatched)
        listed.push_back({{"name", name}, {"proposed", proposed ? json(*proposed) : json()}});
    return listed;
}

catalog::Error unknown() { return refuse(Refusal::not_found, "この会合は見つかりません。"); }

/// `{"131016": 3}`
Result<AttendanceCounts> counts_in(Catalog& catalog, const json& told) {
    constexpr int most = 10'000;
    if (!told.is_object())
        return refuse(Refusal::invalid, "人数を読めません。");
    AttendanceCounts counts;
    for (const auto& [code, number] : told.items()) {
        const auto count = count_in(told, code.c_str());
        if (!count || *count > most)
            return refuse(Refusal::invalid, "人数は0人から10000人までの数で入力してください。");
        if (!catalog.municipalities.find(code))
            return refuse(Refusal::invalid, "団体コード " + code + " の市区町村はありません。");
        counts[code] = *count;
    }
    return counts;
}

Result<Change> change_in(Catalog& catalog, const json& body) {
    Change change;
    for (const auto way : {WayToAttend::venue, WayToAttend::zoom}) {
        const auto told = body.find(to_text(way));
        if (told == body.end())
            continue;
        auto counts = counts_in(catalog, *told);
        if (!counts)
            return counts.error();
        change.counts[way] = std::move(*counts);
    }
    if (change.counts.empty())
        return refuse(Refusal::invalid, "人数を読めません。");
    if (body.value("add", json()) == true)
        change.known = Change::Known::added_to;
    return change;
}

/// `{"venue": {"131016": 3}, "zoom": {…}}`: all that is known of a session.
json known_json(Catalog& catalog, const SessionId& session) {
    json known{{"venue", json::object()}, {"zoom", json::object()}};
    for (const auto& each : catalog.watching.attendance(session)) {
        auto& counted = known[std::string(to_text(each.way))][each.department.municipality];
        counted = counted.is_null() ? each.count : counted.get<int>() + each.count;
    }
    return known;
}

/// Who took part in a year, and what the secretariat adds to it.
class DeskReportApi {
  public:
    explicit DeskReportApi(Services& services) : services_(services) {}

    Task<Reply> report(const Request& request, const Caller&) const {
        const auto report = co_await gathered(request);
        co_return report ? http::json(Status::ok, report_json(*report))
                         : http::refusal(report.error());
    }

    Task<Reply> table(const Request& request, const Caller&) const {
        const auto report = co_await gathered(request);
        if (!report)
            co_return http::refusal(report.error());
        Reply reply{.type = "text/csv; charset=utf-8", .body = report_csv(*report)};
        const auto name = "視聴の報告-" + std::to_string(report->year) + "年度.csv";
        reply.add("Content-Disposition", http::attachment(name));
        co_return reply;
    }

    Task<Reply> show_attendance(const Request& request, const Caller&) const {
        auto look = [session = id_in<SessionId>(request)](Catalog& catalog) -> Result<json> {
            if (!catalog.sessions.find(session))
                return unknown();
            return given(known_json(catalog, session));
        };
        const auto known = co_await services_.readers.run(std::move(look));
        co_return http::reply_of(known);
    }

    /// A list of Zoom's participants, or counts as JSON.
    Task<Reply> add_attendance(const Request& request, const Caller& caller) const {
        if (http::has_json(request)) {
            const auto body = http::json_body(request);
            if (!body)
                co_return http::refusal(body.error());
            auto read = [&body](Catalog& catalog) { return change_in(catalog, *body); };
            const auto change = co_await services_.readers.run(std::move(read));
            if (!change)
                co_return http::refusal(change.error());
            co_return co_await put(id_in<SessionId>(request), *change, caller, json::object());
        }
        auto read = [&text = request.body()](Catalog& catalog) {
            return catalog::read_participants(text, catalog.municipalities.all());
        };
        const auto participants = co_await services_.readers.run(std::move(read));
        if (!participants)
            co_return http::refusal(participants.error());
        Change change;
        change.counts[WayToAttend::zoom] = participants->matched;
        change.known = Change::Known::replaced;
        json told;
        told["matched"] = participants->matched;
        told["unmatched"] = unmatched_json(*participants);
        co_return co_await put(id_in<SessionId>(request), change, caller, told);
    }

  private:
    /// Of the year that the query names, else of this one.
    Task<Result<WatchReport>> gathered(const Request& request) const {
        const auto today = services_.zone.to_local(services_.clock.now()).date;
        const auto year = year_in(request.query("year"), catalog::time::fiscal_year_of(today));
        if (!year)
            co_return year.error();
        auto gather = [this, year = *year](Catalog& catalog) {
            return report_of_year(catalog, year, services_.zone);
        };
        co_return co_await services_.readers.run(std::move(gather));
    }

    static Result<std::chrono::year> year_in(const std::optional<std::string>& text,
                                             std::chrono::year otherwise) {
        if (!text)
            return otherwise;
        constexpr std::size_t digits = 4;
        if (text->size() != digits || text->find_first_not_of("0123456789") != std::string::npos)
            return refuse(Refusal::invalid, "年度は西暦の4桁で指定してください。");
        return std::chrono::year(std::stoi(*text));
    }

    /// Writes it and the audit log, and answers with all that is known of the session then.
    Task<Reply> put(SessionId session, const Change& change, const Caller& caller,
                    json answer) const {
        auto write = [this, session, change, account = caller.viewer.account](
                         Catalog& catalog) -> Result<json> {
            if (!catalog.sessions.find(session))
                return unknown();
            return catalog.transaction([&] {
                const auto before = known_json(catalog, session);
                apply(catalog, session, change);
                auto after = known_json(catalog, session);
                catalog.audit.append({services_.clock.now(), account, "session.attendance",
                                      session.text(), before.dump(), after.dump()});
                return given(std::move(after));
            });
        };
        const auto known = co_await services_.writer.run(std::move(write));
        if (!known)
            co_return http::refusal(known.error());
        answer.update(*known);
        co_return http::json(Status::ok, answer);
    }

    Services& services_;
};

} // namespace

void add_desk_report(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskReportApi api(services);
    const http::BodyRule file{http::BodyRule::Kind::any, 4 * 1024 * 1024};
    const std::string attendance = "/api/desk/sessions/{id}/attendance";
    router.add({get, "/api/desk/report", secretariat, handler(api, &DeskReportApi::report)});
    router.add({get, "/api/desk/report.csv", secretariat, handler(api, &DeskReportApi::table)});
    router.add({get, attendance, secretariat, handler(api, &DeskReportApi::show_attendance)});
    router.add({post, attendance, secretariat, handler(api, &DeskReportApi::add_attendance), file});
}

} // namespace server::api
