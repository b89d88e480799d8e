#include "catalog/random_id.h"
#include "server/api/handler.h"
#include "server/api/happenings.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/api/seen_version.h"
#include "server/api/session_json.h"
#include "server/http/json_body.h"

#include <algorithm>

namespace server::api {
namespace {

using catalog::Notice;
using catalog::NoticeId;
using catalog::Refusal;
using catalog::Result;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::size_t longest_title = 600;
constexpr std::size_t longest_body = 20'000;
constexpr std::size_t most_links = 30;

catalog::Error wrong(std::string sentence) { return refuse(Refusal::invalid, std::move(sentence)); }

json fields_of(const Notice& notice) {
    return {{"date", catalog::time::format_date(notice.date)},
            {"title", notice.title},
            {"body", notice.body},
            {"links", notice.links}};
}

std::string version_of(const Notice& notice) { return version_of_fields(fields_of(notice)); }

/// What stands at the other end of a notice's link; nothing where nothing does.
std::optional<json> link_json(Catalog& catalog, const std::string& id) {
    if (const auto session = catalog.sessions.find(catalog::SessionId(id)))
        return json{{"id", id}, {"title", session->title}, {"path", "/sessions/" + id}};
    if (const auto video = catalog.videos.find(catalog::VideoId(id)))
        return json{{"id", id}, {"title", video->title}, {"path", "/videos/" + id}};
    if (const auto material = catalog.materials.find(catalog::MaterialId(id)))
        return json{{"id", id}, {"title", material->title}, {"path", "/materials/" + id}};
    return std::nullopt;
}

json links_json(Catalog& catalog, const std::vector<std::string>& ids) {
    auto links = json::array();
    for (const auto& id : ids)
        if (auto link = link_json(catalog, id))
            links.push_back(std::move(*link));
    return links;
}

json notice_json(Catalog& catalog, const Notice& notice) {
    auto told = fields_of(notice);
    told["id"] = notice.id.text();
    told["links"] = links_json(catalog, notice.links);
    told["version"] = version_of(notice);
    return told;
}

/// What a draft is written from.
json happening_json(Catalog& catalog, const Happening& happening, const catalog::time::Zone& zone) {
    json told{{"kind", to_text(happening.kind)},
              {"at", instant(happening.at)},
              {"numbers", happening.numbers},
              {"titles", happening.titles},
              {"links", links_json(catalog, happening.links)},
              {"session", nullptr},
              {"replacements", json::array()},
              {"window", nullptr}};
    if (const auto session = catalog.sessions.find(happening.session)) {
        told["session"] = session_fields(*session, zone);
        for (const auto& id : session->replaced_by)
            if (const auto other = catalog.sessions.find(id))
                told["replacements"].push_back(other->title);
    }
    if (const auto offering = catalog.videos.offering(happening.video))
        told["window"] = window_json(offering->window);
    return told;
}

/// The notice that `body` tells; `before` is what it was.
Result<Notice> notice_in(Catalog& catalog, const json& body, Notice before) {
    const auto date = catalog::time::parse_date(text_in(body, "date"));
    if (!date)
        return wrong("日付が正しくありません。");
    before.date = *date;
    before.title = text_in(body, "title");
    before.body = text_in(body, "body");
    if (before.title.empty() || before.title.size() > longest_title)
        return wrong("題名は1文字以上200文字以内で入力してください。");
    if (before.body.size() > longest_body)
        return wrong("本文が長すぎます。");
    const auto links = body.value("links", json::array());
    if (!links.is_array() || links.size() > most_links)
        return wrong("リンクは30件までにしてください。");
    before.links.clear();
    for (const auto& link : links) {
        if (!link.is_string() || !link_json(catalog, link.get<std::string>()))
            return wrong("リンク先の中に、もうないものがあります。");
        before.links.push_back(link);
    }
    return before;
}

/// News for viewers, and drafts of it from what happened.
class NoticeApi {
  public:
    explicit NoticeApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller&) const {
        auto look = [this](Catalog& catalog) {
            auto notices = json::array();
            for (const auto& notice : catalog.notices.all())
                notices.push_back(notice_json(catalog, notice));
            auto happened = json::array();
            for (const auto& each : happenings(catalog, services_.clock.now(), services_.zone))
                happened.push_back(happening_json(catalog, each, services_.zone));
            const auto& site = services_.settings.site;
            return json{{"notices", std::move(notices)},
                        {"happened", std::move(happened)},
                        {"site", {{"name", site.name}, {"organiser", site.organiser}, {"contact", site.contact}}}};
        };
        const json listed = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, listed);
    }

    Task<Reply> create(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, body = *body, account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            Notice fresh;
            fresh.id = NoticeId(catalog::random_id());
            const auto notice = notice_in(catalog, body, std::move(fresh));
            if (!notice)
                return notice.error();
            put(catalog, {}, *notice, account);
            return given(notice_json(catalog, *notice));
        };
        const auto made = co_await services_.writer.run(std::move(change));
        co_return made ? http::json(Status::created, *made) : http::refusal(made.error());
    }

    Task<Reply> update(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [this, body = *body, id = id_in<NoticeId>(request),
                       account = caller.viewer.account](Catalog& catalog) -> Result<json> {
            const auto before = catalog.notices.find(id);
            if (!before)
                return refuse(Refusal::not_found, "このお知らせは見つかりません。");
            const auto same = made_from(text_in(body, "version"), version_of(*before), "お知らせ", Unseen::refused);
            if (!same)
                return same.error();
            const auto after = notice_in(catalog, body, *before);
            if (!after)
                return after.error();
            put(catalog, fields_of(*before), *after, account);
            return given(notice_json(catalog, *after));
        };
        const auto changed = co_await services_.writer.run(std::move(change));
        co_return http::reply_of(changed);
    }

    Task<Reply> remove(const Request& request, const Caller& caller) const {
        auto change = [this, id = id_in<NoticeId>(request), account = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto before = catalog.notices.find(id);
                const auto removed = catalog.notices.remove(id);
                if (removed)
                    catalog.audit.append({services_.clock.now(), account, "notice.remove", id.text(),
                                          fields_of(*before).dump(), {}});
                return removed;
            });
        };
        const auto removed = co_await services_.writer.run(std::move(change));
        co_return removed ? http::empty(Status::no_content) : http::refusal(removed.error());
    }

    /// `{"numbers"}`: of those nobody needs to be told.
    Task<Reply> leave(const Request& request, const Caller&) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto change = [numbers = body->value("numbers", json())](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                if (!numbers.is_array() || numbers.empty())
                    return wrong("どの出来事かを選んでください。");
                for (const auto& number : numbers) {
                    if (!number.is_number_integer())
                        return wrong("どの出来事かを選んでください。");
                    if (const auto left = catalog.notices.leave_unannounced(number.get<std::int64_t>()); !left)
                        return left;
                }
                return {};
            });
        };
        const auto left = co_await services_.writer.run(std::move(change));
        co_return left ? http::empty(Status::no_content) : http::refusal(left.error());
    }

  private:
    void put(Catalog& catalog, const json& before, const Notice& after, const catalog::AccountId& account) const {
        catalog.transaction([&] {
            catalog.notices.put(after);
            catalog.audit.append({services_.clock.now(), account, before.is_null() ? "notice.create" : "notice.update",
                                  after.id.text(), before.is_null() ? std::string() : before.dump(),
                                  fields_of(after).dump()});
        });
    }

    Services& services_;
};

} // namespace

void add_desk_notices(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const NoticeApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, 64 * 1024};
    const std::string all = "/api/desk/notices";
    router.add({get, all, secretariat, handler(api, &NoticeApi::list)});
    router.add({post, all, secretariat, handler(api, &NoticeApi::create), body});
    router.add({post, "/api/desk/happenings/leave", secretariat, handler(api, &NoticeApi::leave), body});
    router.add({patch, all + "/{id}", secretariat, handler(api, &NoticeApi::update), body});
    router.add({http::Method::remove, all + "/{id}", secretariat, handler(api, &NoticeApi::remove)});
}

} // namespace server::api
