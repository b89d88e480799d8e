#include "server/access/random.h"
#include "server/access/sign_ins.h"
#include "server/access/totp.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/qr_code.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

namespace server::api {
namespace {

using catalog::Refusal;
using catalog::Result;
using catalog::store::Catalog;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::uint64_t largest_body = 16 * 1024;

/// One's own second step of signing in: set up with an app, and ended.
class SecondStepApi {
  public:
    explicit SecondStepApi(Services& services) : services_(services) {}

    Task<Reply> show(const Request&, const Caller& caller) const {
        auto read = [account = caller.viewer.account](Catalog& catalog) {
            return catalog.second_steps.find(account);
        };
        const auto second = co_await services_.readers.run(std::move(read));
        const bool on = second && second->confirmed;
        const json answer{{"on", on},
                          {"recovery_codes", on ? second->recovery_codes : 0},
                          {"demanded", services_.settings.sign_in.second_step == "desk"}};
        co_return http::json(Status::ok, answer);
    }

    /// A new secret. It is asked for only once a code of it has come.
    Task<Reply> begin(const Request&, const Caller& caller) const {
        const auto secret = access::random_totp_secret();
        auto change = [secret, account = caller.viewer.account](Catalog& catalog) {
            return catalog.second_steps.begin(account, secret);
        };
        const auto begun = co_await services_.writer.run(std::move(change));
        if (!begun)
            co_return http::refusal(begun.error());
        const auto uri = access::totp_uri(services_.settings.site.name, caller.viewer.name, secret);
        const auto code = qr_code(uri);
        const json answer{{"secret", secret}, {"uri", uri}, {"qr", {{"size", code.size}, {"path", code.path}}}};
        co_return http::json(Status::created, answer);
    }

    /// `{"code"}`; gives the recovery codes, which are told this once.
    Task<Reply> confirm(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        const auto codes = access::random_recovery_codes();
        auto change = [this, codes, typed = text_in(*body, "code"),
                       account = caller.viewer.account](Catalog& catalog) {
            return catalog.transaction([&]() -> Result<void> {
                const auto now = services_.clock.now();
                const auto second = catalog.second_steps.find(account);
                // Once it is on, nothing here tells whether a code is right: `end` counts how often one is tried.
                const bool waits = second && !second->confirmed;
                const auto step = waits ? access::step_of_code(second->secret, typed, now) : std::nullopt;
                if (waits && !step)
                    return refuse(Refusal::invalid,
                                  "確認コードが違います。アプリに出ている6桁の数字を入れてください。"
                                  "合っているときは、端末の時計を確かめてください。");
                std::vector<std::string> hashes;
                for (const auto& code : codes)
                    hashes.push_back(access::token_hash(code));
                const auto confirmed =
                    catalog.second_steps.confirm(account, step.value_or(0), hashes, now);
                if (confirmed)
                    note(catalog, account, "account.second_step_on");
                return confirmed;
            });
        };
        const auto confirmed = co_await services_.writer.run(std::move(change));
        if (!confirmed)
            co_return http::refusal(confirmed.error());
        const json answer{{"recovery_codes", codes}};
        co_return http::json(Status::ok, answer);
    }

    /// `{"code"}`: a session that was left open does not do.
    Task<Reply> end(const Request& request, const Caller& caller) const {
        const auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto remove = [this, account = caller.viewer.account](Catalog& catalog) {
            catalog.second_steps.remove(account);
            note(catalog, account, "account.second_step_off");
        };
        const auto ended = co_await services_.sign_ins.prove_second_step(
            caller.viewer.name, text_in(*body, "code"), std::move(remove));
        co_return ended ? http::empty(Status::no_content) : http::refusal(ended.error());
    }

  private:
    void note(Catalog& catalog, const catalog::AccountId& account, const char* action) const {
        catalog.audit.append({services_.clock.now(), account, action, account.text(), "", ""});
    }

    Services& services_;
};

} // namespace

void add_second_step(http::Router& router, Services& services) {
    using enum http::Method;
    using enum http::Access;
    const SecondStepApi api(services);
    const std::string own = "/api/desk/second-step";
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, largest_body,
                                       http::BodyRule::Length::optional};
    router.add({get, own, own_desk_account, handler(api, &SecondStepApi::show)});
    router.add({post, own, own_desk_account, handler(api, &SecondStepApi::begin), optional_body});
    router.add({post, own + "/confirm", own_desk_account, handler(api, &SecondStepApi::confirm), body});
    router.add({post, own + "/end", own_desk_account, handler(api, &SecondStepApi::end), body});
}

} // namespace server::api
