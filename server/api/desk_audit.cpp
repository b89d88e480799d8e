#include "server/api/audit_view.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/publishing_undo.h"
#include "server/api/routes.h"
#include "server/play/play_table.h"

#include <charconv>

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::store::AuditLog;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr int page = 50;

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

/// Who did what, and taking it back.
class AuditApi {
  public:
    explicit AuditApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request& request, const Caller&) const {
        auto wanted = wanted_by(request);
        if (!wanted)
            co_return http::refusal(wanted.error());
        auto look = [wanted = std::move(*wanted)](Catalog& catalog) {
            auto found = catalog.audit.find(wanted, page + 1);
            const bool more = found.size() > page;
            if (more)
                found.pop_back();
            auto entries = json::array();
            for (const auto& kept : found)
                entries.push_back(entry_json(catalog, kept));
            return json{{"entries", std::move(entries)}, {"more", more}, {"accounts", accounts_json(catalog)}};
        };
        const auto listed = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, listed);
    }

    Task<Reply> take_back(const Request& request, const Caller& caller) const {
        const auto number = number_in(request.parameter("id"));
        auto change = [this, number, account = caller.viewer.account](Catalog& catalog) -> Result<void> {
            const auto kept = number ? catalog.audit.find(*number) : std::nullopt;
            if (!kept)
                return refuse(Refusal::not_found, "この記録は見つかりません。");
            const auto videos = catalog.transaction(
                [&] { return undo(catalog, *kept, account, services_.clock.now(), services_.zone); });
            if (!videos)
                return videos.error();
            for (const auto& video : *videos)
                if (auto playable = play::playable_video(catalog, video))
                    services_.play_table.put(std::move(*playable));
            return {};
        };
        const auto undone = co_await services_.writer.run(std::move(change));
        co_return undone ? http::empty(Status::no_content) : http::refusal(undone.error());
    }

  private:
    /// `who` (an account's id; "-": the command line), `what` (a group), `from` and `until` (days, both included),
    /// `before` (a number).
    Result<AuditLog::Wanted> wanted_by(const Request& request) const {
        const auto asked = [&request](const char* name) { return request.query(name).value_or(""); };
        auto wanted = wanted_of(asked("what"));
        if (!wanted)
            return refuse(Refusal::invalid, "記録の種類を選び直してください。");
        if (const auto who = asked("who"); !who.empty())
            wanted->account = who == "-" ? catalog::AccountId() : catalog::AccountId(who);
        if (const auto before = asked("before"); !before.empty())
            wanted->before = number_in(before).value_or(0);
        const auto day = [&](const char* name, std::chrono::days later,
                             std::optional<catalog::time::UtcTime>& at) -> bool {
            const auto text = asked(name);
            const auto date = catalog::time::parse_date(text);
            if (date)
                at = services_.zone.start_of_day(std::chrono::sys_days(*date) + later);
            return date || text.empty();
        };
        if (!day("from", std::chrono::days(0), wanted->from) || !day("until", std::chrono::days(1), wanted->until))
            return refuse(Refusal::invalid, "日付が正しくありません。");
        return *wanted;
    }

    Services& services_;
};

} // namespace

void add_desk_audit(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const AuditApi api(services);
    const http::BodyRule optional_body{http::BodyRule::Kind::json, 1024, http::BodyRule::Length::optional};
    router.add({get, "/api/desk/audit", secretariat_alone, handler(api, &AuditApi::list)});
    router.add({post, "/api/desk/audit/{id}/undo", secretariat_alone, handler(api, &AuditApi::take_back),
                optional_body});
}

} // namespace server::api
