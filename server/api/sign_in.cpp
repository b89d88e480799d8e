#include "server/access/department_code.h"
#include "server/access/sign_ins.h"
#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/routes.h"
#include "server/http/json_body.h"

namespace server::api {
namespace {

using catalog::Viewer;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;

constexpr std::uint64_t largest_body = 16 * 1024;

std::string_view role_of(Viewer::Kind kind) {
    switch (kind) {
    case Viewer::Kind::adviser:
        return to_text(catalog::Role::adviser);
    case Viewer::Kind::organiser:
        return to_text(catalog::Role::organiser);
    case Viewer::Kind::secretariat:
        return to_text(catalog::Role::secretariat);
    case Viewer::Kind::anonymous:
    case Viewer::Kind::staff:
        break;
    }
    return to_text(catalog::Role::viewer);
}

json viewer_json(catalog::store::Catalog& catalog, const Viewer& viewer) {
    if (viewer.kind == Viewer::Kind::anonymous)
        return nullptr;
    json value{{"name", viewer.name},
               {"role", role_of(viewer.kind)},
               {"municipality", nullptr},
               {"department", nullptr}};
    if (viewer.department) {
        const auto municipality = catalog.municipalities.find(viewer.department->municipality);
        value["municipality"] = {{"code", viewer.department->municipality},
                                 {"name", municipality ? municipality->name : std::string()}};
        value["department"] = viewer.department->name;
    }
    return value;
}

/// Who one is: signing in, asking, signing out.
class SignInApi {
  public:
    explicit SignInApi(Services& services) : services_(services) {}

    Task<Reply> sign_in(const Request& request, const Caller& caller) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        if (body->contains("code"))
            co_return co_await sign_in_of_department(*body, caller);
        if (!body->contains("name") || !(*body)["name"].is_string() ||
            !body->contains("password") || !(*body)["password"].is_string())
            co_return http::refusal(refuse(catalog::Refusal::invalid,
                                           "お名前とパスワードを入力してください。"));
        access::SignIns::Proof proof{
            access::Secret(std::move((*body)["password"].get_ref<std::string&>())),
            text_in(*body, "one_time_code")};
        auto signed_in = co_await services_.sign_ins.sign_in((*body)["name"], std::move(proof), caller);
        if (!signed_in)
            co_return http::refusal(signed_in.error());
        if (!*signed_in) {
            const json asked{{"second_step", true}};
            co_return http::json(Status::ok, asked);
        }
        co_return co_await reply_of(std::move(**signed_in));
    }

    /// By a department's invitation: `{"invitation", "person"}`.
    Task<Reply> join(const Request& request, const Caller& caller) const {
        auto body = http::json_body(request);
        if (!body)
            co_return http::refusal(body.error());
        auto signed_in = co_await services_.sign_ins.join(text_in(*body, "invitation"),
                                                          text_in(*body, "person"), caller);
        co_return co_await reply_of(std::move(signed_in));
    }

    Task<Reply> sign_out(const Request&, const Caller& caller) const {
        const auto forget = co_await services_.sign_ins.sign_out(caller);
        auto reply = http::empty(Status::no_content);
        reply.add("Set-Cookie", forget);
        co_return reply;
    }

    Task<Reply> me(const Request&, const Caller& caller) const {
        return viewer_reply(caller.viewer);
    }

  private:
    /// `{"name": the department's, "code", "person": who of them, or empty}`
    Task<Reply> sign_in_of_department(json body, Caller caller) const {
        access::Secret code = access::typed_code(text_in(body, "code"));
        auto signed_in = co_await services_.sign_ins.sign_in_of_department(
            text_in(body, "name"), std::move(code), text_in(body, "person"), caller);
        co_return co_await reply_of(std::move(signed_in));
    }

    Task<Reply> reply_of(catalog::Result<access::SignIns::SignedIn> signed_in) const {
        if (!signed_in)
            co_return http::refusal(signed_in.error());
        auto reply = co_await viewer_reply(signed_in->viewer);
        reply.add("Set-Cookie", signed_in->set_cookie);
        co_return reply;
    }

    Task<Reply> viewer_reply(Viewer viewer) const {
        auto describe = [viewer = std::move(viewer)](auto& catalog) {
            return viewer_json(catalog, viewer);
        };
        const json described = co_await services_.readers.run(std::move(describe));
        const json answer{{"viewer", described}, {"now", instant(services_.clock.now())}};
        co_return http::json(Status::ok, answer);
    }

    Services& services_;
};

} // namespace

void add_sign_in(http::Router& router, Services& services) {
    using enum http::Method;
    const SignInApi api(services);
    const http::BodyRule body{http::BodyRule::Kind::json, largest_body};
    const http::BodyRule optional_body{http::BodyRule::Kind::json, largest_body,
                                       http::BodyRule::Length::optional};
    router.add({post, "/api/sign-in", http::Access::anyone, handler(api, &SignInApi::sign_in),
                body});
    router.add({post, "/api/join", http::Access::anyone, handler(api, &SignInApi::join), body});
    router.add({post, "/api/sign-out", http::Access::anyone, handler(api, &SignInApi::sign_out),
                optional_body});
    router.add({get, "/api/me", http::Access::anyone, handler(api, &SignInApi::me)});
}

} // namespace server::api
