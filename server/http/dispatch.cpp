#include "server/http/dispatch.h"

#include "server/http/json_body.h"
#include "server/net/deadline.h"

#include <spdlog/spdlog.h>

#include <array>

namespace server::http {

namespace {

using catalog::Error;
using catalog::Refusal;
using catalog::Result;

bool is_unsafe(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

/// Whether the request comes from a page of ours. Browsers name the origin of every unsafe request;
/// who names none is no browser, and has no cookie but its own.
bool comes_from_us(const Site& site, const Request& request) {
    const auto from = request.field("Sec-Fetch-Site");
    if (from && *from != "same-origin" && *from != "none") {
        return false;
    }
    const auto origin = request.field("Origin");
    if (!origin) {
        return true;
    }
    // Behind TLS a page that came without it is not ours, whatever its host: the line may have written it.
    const bool tls = site.transport == Site::Transport::behind_tls;
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (origin->starts_with(scheme)) {
            return equal_ignoring_case(origin->substr(scheme.size()), request.host());
        }
        if (tls) {
            break;
        }
    }
    return false;
}

Result<void> permit(Access access, Method method, const Caller& caller) {
    using Kind = catalog::Viewer::Kind;
    const Kind kind = caller.viewer.kind;
    if (access == Access::all_alike || access == Access::anyone) {
        return {};
    }
    if (kind == Kind::anonymous) {
        return catalog::refuse(Refusal::sign_in_required, "サインインしてください。");
    }
    if (access == Access::signed_in || kind == Kind::secretariat) {
        return {};
    }
    if (access == Access::own_desk_account && (kind == Kind::organiser || caller.owes_second_step)) {
        return {};
    }
    if (caller.owes_second_step) {
        return catalog::refuse(Refusal::forbidden, "「事務局の机」を使うには、二段階認証を設定してください。");
    }
    const bool is_read = access == Access::desk_reader ||
                         (access == Access::secretariat && !is_unsafe(method));
    if (kind != Kind::organiser || access == Access::secretariat_alone) {
        return catalog::refuse(Refusal::forbidden, "事務局のアカウントでサインインしてください。");
    }
    if (!is_read) {
        return catalog::refuse(Refusal::forbidden, "閲覧だけのアカウントです。変更は事務局に依頼してください。");
    }
    return {};
}

Result<void> admit_body(const Route& route, const Request& request, std::uint64_t size) {
    if (size > route.body.limit) {
        return catalog::refuse(Refusal::too_large, "送られた内容が大きすぎます。");
    }
    if (route.body.kind == BodyRule::Kind::json && size > 0 && !has_json(request)) {
        return catalog::refuse(Refusal::unsupported, "JSON で送ってください。");
    }
    return {};
}

/// The addresses whose answers programs read; all others are pages for people.
Form form_of(const Request& request) {
    constexpr std::array<std::string_view, 5> of_programs{"api", "play", "materials", "assets",
                                                          "healthz"};
    for (const std::string_view first : of_programs) {
        if (!request.segments().empty() && request.segments().front() == first) {
            return Form::json;
        }
    }
    return Form::page;
}

/// What a refusal answers, and whom.
struct Refused {
    const Site& site;
    const Request& request;
    Caller caller = {};

    Reply as(Form form, const Error& error) const {
        return form == Form::page && site.refusal_page ? site.refusal_page(request, caller, error)
                                                       : refusal(error);
    }
};

std::string listed(const std::vector<Method>& methods) {
    std::string text;
    for (const Method method : methods) {
        text.append(text.empty() ? "" : ", ").append(to_text(method));
    }
    return text;
}

Reply without_route(const Site& site, const Request& request, const Router::Match& match) {
    if (match.allowed.empty()) {
        const Error error = catalog::refuse(Refusal::not_found, "お探しのページは見つかりませんでした。");
        return Refused{site, request}.as(form_of(request), error);
    }
    Reply reply = empty(request.method() == Method::options ? Status::no_content
                                                            : Status::method_not_allowed);
    reply.add("Allow", listed(match.allowed));
    return reply;
}

Task<Result<std::string>> whole(BodyReader& body) {
    std::string text;
    text.reserve(body.remaining());
    for (;;) {
        const auto part = co_await body.next();
        if (!part) {
            co_return part.error();
        }
        if (part->empty()) {
            co_return text;
        }
        text.append(reinterpret_cast<const char*>(part->data()), part->size());
    }
}

bool lacks_length(const Route& route, const Request& request) {
    return route.body.kind != BodyRule::Kind::none &&
           route.body.length == BodyRule::Length::required && !request.field("Content-Length");
}

Task<Reply> handle(const Site& site, const Route& route, Request& request, BodyReader& body) {
    if (lacks_length(route, request)) {
        co_return empty(Status::length_required);
    }
    Refused refused{site, request};
    if (is_unsafe(request.method()) && !comes_from_us(site, request)) {
        const Error error = catalog::refuse(Refusal::forbidden, "このサイトのページから操作してください。");
        co_return refused.as(route.form, error);
    }
    if (route.access != Access::all_alike && site.resolve) {
        refused.caller = co_await site.resolve(request);
    }
    const Caller& caller = refused.caller;
    if (const auto permitted = permit(route.access, request.method(), caller); !permitted) {
        co_return refused.as(route.form, permitted.error());
    }
    if (const auto fits = admit_body(route, request, body.remaining()); !fits) {
        co_return refused.as(route.form, fits.error());
    }
    if (route.body.kind == BodyRule::Kind::stream) {
        request.set_stream(body);
        co_return co_await route.handler(request, caller);
    }
    auto text = co_await whole(body);
    if (!text) {
        co_return refused.as(route.form, text.error());
    }
    request.set_body(std::move(*text));
    auto reply = co_await net::within(site.handler_limit, route.handler(request, caller));
    if (!reply) {
        Reply late = failure();
        late.status = Status::unavailable;
        late.add("Retry-After", "5");
        co_return late;
    }
    co_return std::move(*reply);
}

} // namespace

Task<Reply> dispatch(const Site& site, Request& request, BodyReader& body) {
    Router::Match match = site.router.match(request.method(), request.segments());
    if (match.route == nullptr) {
        co_return without_route(site, request, match);
    }
    request.set_parameters(std::move(match.parameters));
    try {
        co_return co_await handle(site, *match.route, request, body);
    } catch (const std::exception& broken) {
        spdlog::error("{} {}: {}", to_text(request.method()), match.route->pattern, broken.what());
        co_return failure();
    }
}

} // namespace server::http
