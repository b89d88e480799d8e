#include "catalog/random_id.h"
#include "server/access/random.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

#include <mutex>

namespace server::api {
namespace {

using namespace std::chrono_literals;
using catalog::AdviserLink;
using catalog::AdviserLinkId;
using catalog::QuestionId;
using catalog::Refusal;
using catalog::Result;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::uint64_t largest_body = 64 * 1024;
constexpr int longest_life_days = 90;

/// Tries with links that open nothing, from wherever: no more than so many a minute are looked at. May be used by any
/// thread.
class VoidTries {
  public:
    bool are_too_many(catalog::time::UtcTime now) {
        const std::lock_guard lock(mutex_);
        if (now - since_ >= 1min || now < since_) {
            since_ = now;
            count_ = 0;
        }
        return ++count_ > most;
    }

  private:
    static constexpr int most = 60;
    std::mutex mutex_;
    catalog::time::UtcTime since_;
    int count_ = 0;
};

json link_json(const AdviserLink& link, const std::vector<catalog::RoutedQuestion>& routed) {
    int answered = 0;
    for (const auto& each : routed)
        answered += each.answered ? 1 : 0;
    return {{"id", link.id.text()},
            {"adviser", link.adviser},
            {"made_at", instant(link.made)},
            {"expires_at", instant(link.expires)},
            {"revoked_at", instant(link.revoked)},
            {"questions", routed.size()},
            {"answered", answered}};
}

/// Questions that are routed to advisers by private links, and what comes back.
class AdviserLinkApi {
  public:
    explicit AdviserLinkApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller&) const {
        auto look = [](Catalog& catalog) {
            auto links = json::array();
            for (const auto& link : catalog.adviser_links.all())
                links.push_back(link_json(link, catalog.adviser_links.routed_to(link.id)));
            return json{{"links", std::move(links)}};
        };
        const json listed = co_await services_.readers.run(std::move(look));
        co_return http::json(Status::ok, listed);
    }

    /// `{"adviser", "questions": [ids], "days"}`. The link is told this once.
    Task<Reply> create(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto days = count_in(*body, "days").value_or(0);
        if (days < 1 || days > longest_life_days)
            co_return http::refusal(refuse(Refusal::invalid, "リンクの期限は1日から90日までにしてください。"));
        std::vector<QuestionId> questions;
        const auto ids = body->value("questions", json::array());
        if (ids.is_array())
            for (const auto& id : ids)
                if (id.is_string())
                    questions.emplace_back(id.get<std::string>());
        const auto now = services_.clock.now();
        const AdviserLink link{AdviserLinkId(catalog::random_id()), text_in(*body, "adviser"), now,
                               now + std::chrono::days(days), {}};
        const auto token = access::random_token();
        auto change = [this, link, questions, hash = access::token_hash(token),
                       account = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto added = catalog.adviser_links.add(link, hash, questions);
                if (added)
                    note(catalog, account, "adviser_link.create", link.id,
                         {{"name", link.adviser}, {"count", questions.size()}});
                return added;
            });
        };
        const auto made = co_await services_.writer.run(std::move(change));
        if (!made)
            co_return http::refusal(made.error());
        const json answer{{"path", "/answer/" + token}, {"expires_at", instant(link.expires)}};
        co_return http::json(Status::created, answer);
    }

    Task<Reply> revoke(const Request& request, const Caller& caller) const {
        const AdviserLinkId id(std::string(request.parameter("id")));
        auto change = [this, id, account = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto link = catalog.adviser_links.find(id);
                const auto revoked = catalog.adviser_links.revoke(id, services_.clock.now());
                if (revoked)
                    note(catalog, account, "adviser_link.revoke", id, {{"name", link->adviser}});
                return revoked;
            });
        };
        const auto revoked = co_await services_.writer.run(std::move(change));
        co_return revoked ? http::empty(Status::no_content) : http::refusal(revoked.error());
    }

    /// By who has the link: `{"link", "question", "answer"}`.
    Task<Reply> answer(const Request& request, const Caller&) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto now = services_.clock.now();
        auto look = [hash = access::token_hash(text_in(*body, "link")), now](Catalog& catalog) {
            return catalog.adviser_links.opened_by(hash, now);
        };
        const auto link = co_await services_.readers.run(std::move(look));
        if (!link) {
            if (void_tries_->are_too_many(now))
                co_return http::refusal({Refusal::try_later, "しばらくしてからお試しください。", now + 1min});
            co_return http::refusal(refuse(Refusal::not_found, "このリンクは使えなくなりました。"));
        }
        const catalog::RoutedQuestion answered{link->id, QuestionId(text_in(*body, "question")), text_in(*body, "answer"), {}};
        auto change = [this, link = *link, answered, now](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto kept = catalog.adviser_links.answer(answered, now);
                if (kept)
                    note(catalog, {}, "adviser_link.answer", link.id, {{"name", link.adviser}});
                return kept;
            });
        };
        const auto kept = co_await services_.writer.run(std::move(change));
        co_return kept ? http::empty(Status::no_content) : http::refusal(kept.error());
    }

  private:
    void note(Catalog& catalog, const catalog::AccountId& account, const char* action, const AdviserLinkId& id,
              const json& after) const {
        catalog.audit.append({services_.clock.now(), account, action, id.text(), {}, after.dump()});
    }

    Services& services_;
    std::shared_ptr<VoidTries> void_tries_ = std::make_shared<VoidTries>();  ///< handlers are copies of this
};

} // namespace

void add_adviser_links(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const AdviserLinkApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, 1024, http::BodyRule::Length::optional};
    const std::string all = "/api/desk/adviser-links";
    router.add({get, all, secretariat, handler(api, &AdviserLinkApi::list)});
    router.add({post, all, secretariat, handler(api, &AdviserLinkApi::create), body});
    router.add({post, all + "/{id}/revoke", secretariat, handler(api, &AdviserLinkApi::revoke), optional_body});
    router.add({post, "/api/answers", anyone, handler(api, &AdviserLinkApi::answer), body});
}

} // namespace server::api
