#include "server/access/grant.h"
#include "server/access/live_sessions.h"
#include "server/access/random.h"
#include "server/access/sign_ins.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

#include "catalog/random_id.h"

#include <algorithm>

namespace server::api {
namespace {

using namespace std::chrono_literals;
using catalog::AccountId;
using catalog::Refusal;
using catalog::Result;
using catalog::Role;
using catalog::store::AccountStore;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::uint64_t largest_body = 16 * 1024;
constexpr auto link_life = 72h;
constexpr std::ptrdiff_t shortest_password = 10;
constexpr std::size_t longest_password = 1000;

json account_json(const AccountStore::Kept& kept) {
    return {{"id", kept.account.id.text()},
            {"name", kept.account.name},
            {"role", to_text(kept.account.role)},
            {"has_password", kept.has_password},
            {"disabled_at", instant(kept.disabled)},
            {"last_sign_in_at", instant(kept.last_sign_in)}};
}

/// Viewers sign in with their department's code: the desk makes no accounts for them.
Result<Role> role_in(const json& body) {
    const auto role = catalog::role_from_text(text_in(body, "role"));
    if (!role || *role == Role::viewer)
        return refuse(Refusal::invalid, "役割を選んでください。");
    return *role;
}

Result<std::string> password_in(const json& body) {
    const auto found = body.find("password");
    if (found == body.end() || !found->is_string())
        return refuse(Refusal::invalid, "パスワードを入力してください。");
    auto password = found->get<std::string>();
    const auto characters = std::ranges::count_if(
        password, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    if (characters < shortest_password || password.size() > longest_password)
        return refuse(Refusal::invalid, "パスワードは10文字以上にしてください。");
    return {boost::system::in_place_value, std::move(password)};
}

/// Who signs in with a name and a password of their own. A password is never told: a link lets its owner set it.
class AccountApi {
  public:
    explicit AccountApi(Services& services) : services_(services) {}

    Task<Reply> list(const Request&, const Caller& caller) const {
        auto read = [own = caller.viewer.account](Catalog& catalog) {
            auto accounts = json::array();
            for (const auto& kept : catalog.accounts.kept()) {
                accounts.push_back(account_json(kept));
                accounts.back()["own"] = kept.account.id == own;
            }
            return accounts;
        };
        const auto accounts = co_await services_.readers.run(std::move(read));
        const json answer{{"accounts", accounts}, {"now", instant(services_.clock.now())}};
        co_return http::json(Status::ok, answer);
    }

    Task<Reply> add(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto role = role_in(*body);
        if (!role)
            co_return http::refusal(role.error());
        const catalog::Account account{AccountId(catalog::random_id()), text_in(*body, "name"), *role, {}};
        auto change = [this, account, by = caller.viewer.account](Catalog& catalog) {
            const auto added = catalog.accounts.add(account, "");
            if (added)
                note(catalog, by, "account.add", account.id, {},
                     {{"name", account.name}, {"role", to_text(account.role)}});
            return added;
        };
        co_return co_await with_new_link(account.id, std::move(change));
    }

    Task<Reply> renew_link(const Request& request, const Caller& caller) const {
        const AccountId id(std::string(request.parameter("id")));
        auto change = [this, id, by = caller.viewer.account](Catalog& catalog) -> Result<void> {
            note(catalog, by, "account.password_link", id, {}, {});
            return {};
        };
        co_return co_await with_new_link(id, std::move(change));
    }

    Task<Reply> disable(const Request& request, const Caller& caller) const {
        const AccountId id(std::string(request.parameter("id")));
        if (id == caller.viewer.account)
            co_return http::refusal(refuse(Refusal::conflict, "ご自分のアカウントは停止できません。"));
        auto change = [this, id, by = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto disabled = catalog.accounts.disable(id, services_.clock.now());
                if (!disabled)
                    return disabled;
                sign_out(catalog, id);
                note(catalog, by, "account.disable", id, {{"disabled", false}}, {{"disabled", true}});
                return {};
            });
        };
        co_return outcome(co_await services_.writer.run(std::move(change)));
    }

    Task<Reply> enable(const Request& request, const Caller& caller) const {
        const AccountId id(std::string(request.parameter("id")));
        auto change = [this, id, by = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto enabled = catalog.accounts.enable(id);
                if (enabled)
                    note(catalog, by, "account.enable", id, {{"disabled", true}}, {{"disabled", false}});
                return enabled;
            });
        };
        co_return outcome(co_await services_.writer.run(std::move(change)));
    }

    /// By who has the link: `{"link", "password"}`.
    Task<Reply> set_password(const Request& request, const Caller&) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto password = password_in(*body);
        if (!password)
            co_return http::refusal(password.error());
        const auto link = access::token_hash(text_in(*body, "link"));
        // Nothing is hashed for who has no link: it costs a core.
        auto look = [this, link](Catalog& catalog) {
            return catalog.accounts.of_password_link(link, services_.clock.now()).has_value();
        };
        std::string hash;
        if (co_await services_.readers.run(std::move(look))) {
            access::Secret secret(std::move(*password));
            hash = co_await services_.sign_ins.hash(std::move(secret));
        }
        auto change = [this, link, hash](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto account = catalog.accounts.set_password(link, hash, services_.clock.now());
                if (!account)
                    return account.error();
                sign_out(catalog, account->id);
                note(catalog, account->id, "account.password", account->id, {}, {});
                return {};
            });
        };
        co_return outcome(co_await services_.writer.run(std::move(change)));
    }

  private:
    /// Makes `change` and a link with which that account's password is set, both or neither. The link is told
    /// this once.
    template <class Change> Task<Reply> with_new_link(AccountId id, Change change) const {
        const auto token = access::random_token();
        const auto expires = services_.clock.now() + link_life;
        auto work = [id, change = std::move(change), hash = access::token_hash(token),
                     expires](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                if (const auto changed = change(catalog); !changed)
                    return changed;
                return catalog.accounts.put_password_link(id, hash, expires);
            });
        };
        const auto made = co_await services_.writer.run(std::move(work));
        if (!made)
            co_return http::refusal(made.error());
        const json answer{{"path", "/password/" + token}, {"expires_at", instant(expires)}};
        co_return http::json(Status::created, answer);
    }

    void sign_out(Catalog& catalog, const AccountId& id) const {
        for (const auto& session : catalog.sign_ins.remove_all_of(id))
            services_.live_sessions.remove(access::session_tag(session));
    }

    static Reply outcome(const Result<void>& result) {
        return result ? http::empty(Status::no_content) : http::refusal(result.error());
    }

    void note(Catalog& catalog, const AccountId& by, const char* action, const AccountId& subject,
              const json& before, const json& after) const {
        const auto text = [](const json& value) { return value.is_null() ? std::string() : value.dump(); };
        catalog.audit.append({services_.clock.now(), by, action, subject.text(), text(before), text(after)});
    }

    Services& services_;
};

} // namespace

void add_desk_accounts(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const AccountApi api(services);
    const std::string all = "/api/desk/accounts";
    const std::string one = all + "/{id}";
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, largest_body,
                                       http::BodyRule::Length::optional};
    router.add({get, all, secretariat_alone, handler(api, &AccountApi::list)});
    router.add({post, all, secretariat_alone, handler(api, &AccountApi::add), body});
    router.add({post, one + "/password-link", secretariat_alone, handler(api, &AccountApi::renew_link),
                optional_body});
    router.add({post, one + "/disable", secretariat_alone, handler(api, &AccountApi::disable),
                optional_body});
    router.add({post, one + "/enable", secretariat_alone, handler(api, &AccountApi::enable),
                optional_body});
    router.add({post, "/api/password", anyone, handler(api, &AccountApi::set_password), body});
}

} // namespace server::api
