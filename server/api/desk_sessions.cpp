#include "catalog/random_id.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/material_json.h"
#include "server/api/routes.h"
#include "server/api/seen_version.h"
#include "server/api/session_json.h"
#include "server/api/session_writing.h"
#include "server/http/json_body.h"

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::Session;
using catalog::SessionId;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::reply_of;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

catalog::Error unknown() { return refuse(Refusal::not_found, "この会合は見つかりません。"); }

/// Meetings: when and where they are, their programmes, and what became of them.
class DeskSessionApi {
  public:
    explicit DeskSessionApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller&) const {
        auto look = [this](Catalog& catalog) {
            auto sessions = json::array();
            for (const auto& session : catalog.sessions.all())
                sessions.push_back(told(session));
            return json{{"sessions", std::move(sessions)}, {"now", instant(services_.clock.now())}};
        };
        const json listed = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, listed);
    }

    Task<Reply> show(const Request& request, const Caller&) const {
        auto look = [this, id = id_in<SessionId>(request)](Catalog& catalog) -> Result<json> {
            const auto session = catalog.sessions.find(id);
            if (!session)
                return unknown();
            return given(whole(catalog, *session));
        };
        co_return reply_of(co_await services_.readers.run(std::move(look)));
    }

    Task<Reply> create(const Request& request, const Caller& caller) const {
        const auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        if (!fields->contains("title"))
            co_return http::refusal(refuse(Refusal::invalid, "題名を入力してください。"));
        auto change = [this, fields = *fields, account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            Session fresh;
            fresh.id = SessionId(catalog::random_id());
            fresh.kind = "meeting";
            const auto made = changed(std::move(fresh), fields, catalog, services_.zone);
            if (!made)
                return made.error();
            put_session(services_, catalog, std::nullopt, *made, account);
            return given(whole(catalog, *made));
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)), Status::created);
    }

    /// What was seen of it has to be what it still is.
    Task<Reply> update(const Request& request, const Caller& caller) const {
        auto fields = http::json_body(request);
        if (!fields)
            co_return http::refusal(fields.error());
        const auto seen = take_version(*fields);
        auto change = [this, id = id_in<SessionId>(request), fields = *fields, seen,
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto before = catalog.sessions.find(id);
            if (!before)
                return unknown();
            if (const auto same = made_from(seen, version_of(*before, services_.zone), "会合", Unseen::refused); !same)
                return same.error();
            const auto after = changed(*before, fields, catalog, services_.zone);
            if (!after)
                return after.error();
            put_session(services_, catalog, before, *after, account);
            show_session_in_play(services_, catalog, id);
            return given(whole(catalog, *after));
        };
        co_return reply_of(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> remove(const Request& request, const Caller& caller) const {
        auto change = [this, id = id_in<SessionId>(request), account = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto before = catalog.sessions.find(id);
                const auto removed = catalog.sessions.remove(id);
                if (removed)
                    catalog.audit.append({services_.clock.now(), account, "session.remove", id.text(),
                                          noted(*before, services_.zone).dump(), {}});
                return removed;
            });
        };
        const auto removed = co_await services_.writer.run(std::move(change));
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

  private:
    json told(const Session& session) const {
        auto fields = session_fields(session, services_.zone);
        fields["id"] = session.id.text();
        fields["version"] = version_of(session, services_.zone);
        return fields;
    }

    /// With what belongs to it.
    json whole(Catalog& catalog, const Session& session) const {
        auto fields = told(session);
        auto videos = json::array();
        for (const auto& video : catalog.videos.of_session(session.id))
            videos.push_back({{"id", video.id.text()}, {"title", video.title}, {"published", video.published}});
        fields["videos"] = std::move(videos);
        fields["materials"] = materials_json(catalog, catalog.materials.of_session(session.id));
        return fields;
    }

    Services& services_;
};

} // namespace

void add_desk_sessions(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const DeskSessionApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, 512 * 1024};
    const std::string one = "/api/desk/sessions/{id}";
    router.add({get, "/api/desk/sessions", secretariat, handler(api, &DeskSessionApi::list)});
    router.add({post, "/api/desk/sessions", secretariat, handler(api, &DeskSessionApi::create), body});
    router.add({get, one, secretariat, handler(api, &DeskSessionApi::show)});
    router.add({patch, one, secretariat, handler(api, &DeskSessionApi::update), body});
    router.add({http::Method::remove, one, secretariat, handler(api, &DeskSessionApi::remove)});
}

} // namespace server::api
