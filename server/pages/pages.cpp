#include "server/pages/pages.h"

#include "server/pages/atom_feed.h"
#include "server/pages/calendar.h"
#include "server/pages/check_page.h"
#include "server/pages/desk_page.h"
#include "server/pages/error_page.h"
#include "server/pages/home_page.h"
#include "server/pages/material_page.h"
#include "server/pages/questions_page.h"
#include "server/pages/schedule.h"
#include "server/pages/search_page.h"
#include "server/pages/session_page.h"
#include "server/pages/transcript_page.h"
#include "server/pages/watch_page.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace server::pages {

namespace {

catalog::time::Zone zone_named(const std::string& name) {
    const auto zone = catalog::time::Zone::named(name);
    if (!zone) {
        throw std::runtime_error("there is no time zone " + name);
    }
    return *zone;
}

/// The id that stands in a page's address; empty where it is no id.
template <class Id> Id id_in(const http::Request& request) {
    const auto text = request.parameter("id");
    return catalog::is_valid_id(text) ? Id(std::string(text)) : Id();
}

/// 千代田区 環境課
std::string department_of(const catalog::Viewer& viewer, catalog::store::Catalog& catalog) {
    if (!viewer.department) {
        return {};
    }
    const auto municipality = catalog.municipalities.find(viewer.department->municipality);
    return (municipality ? municipality->name + " " : "") + viewer.department->name;
}

/// Whether a program asks, or a person through a browser.
bool wants_page(const http::Request& request) {
    const auto& path = request.path();
    const bool of_people = !path.starts_with("/api/") && !path.starts_with("/play/") &&
                           !path.starts_with("/materials/") && !path.starts_with("/assets/");
    return of_people && request.field("Accept").value_or("").find("text/html") != std::string::npos;
}

constexpr std::string_view language_cookie = "kiroku_language";
constexpr std::array<std::string_view, 2> languages{"ja", "en"};

/// What who looks chose; empty where they did not.
std::string language_of(const http::Request& request) {
    const auto chosen = request.cookie(language_cookie).value_or("");
    return std::ranges::find(languages, chosen) == languages.end() ? std::string() : std::string(chosen);
}

/// Keeps the language for a year, and leads back to where who looks was.
http::Reply choose_language(const Library& library, const http::Request& request) {
    const auto language = request.parameter("language");
    if (std::ranges::find(languages, language) == languages.end()) {
        return error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""));
    }
    const auto next = request.query("next").value_or("/");
    auto reply = http::see_other(is_ours(next) ? next : "/");
    reply.add("Set-Cookie", std::string(language_cookie) + "=" + std::string(language) +
                                "; Path=/; Max-Age=31536000; SameSite=Lax");
    return reply;
}

/// The desk's pages are for who reads the desk.
http::Access access_of(std::string_view pattern) {
    const bool of_desk = pattern == "/desk" || pattern.starts_with("/desk/");
    if (pattern == "/desk/security") {
        return http::Access::own_desk_account;
    }
    return of_desk ? http::Access::desk_reader : http::Access::anyone;
}

http::Reply video_page(const Library& library, const http::Request& request) {
    const bool preview =
        library.visit().viewer.reads_desk() && request.query("preview").has_value();
    return watch_page(library, id_in<catalog::VideoId>(request),
                      preview ? Look::preview : Look::viewing);
}

http::Reply desk_video_page(const Library& library, const http::Request& request) {
    const auto id = id_in<catalog::VideoId>(request);
    return id.empty() ? error_page(library.visit(),
                                   catalog::refuse(catalog::Refusal::not_found, ""))
                      : desk_page(library, id);
}

http::Reply handout_page(const Library& library, const http::Request& request) {
    const bool as_text = request.query("as").value_or("") == "text";
    return material_page(library, id_in<catalog::MaterialId>(request),
                         as_text ? Reading::text : Reading::pictures);
}

http::Reply desk_session_page(const Library& library, const http::Request& request) {
    const auto id = id_in<catalog::SessionId>(request);
    return library.find(id) == nullptr ? error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""))
                                       : desk_page(library, id);
}

} // namespace

Pages::Pages(const std::filesystem::path& share, const Settings::Site& site,
             CatalogReaders& readers, const play::PlayTable& table,
             const catalog::time::Clock& clock)
    : share_(share), site_(site), zone_(zone_named(site.zone)), readers_(readers), table_(table),
      clock_(clock) {}

Visit Pages::visit(const http::Request& request, const catalog::Viewer& viewer) const {
    const std::string origin = (site_.tls ? "https://" : "http://") + std::string(request.host());
    return {share_, site_, zone_, viewer, clock_.now(), origin, request.target(), {}, language_of(request)};
}

http::Task<http::Reply> Pages::render(const http::Request& request, const http::Caller& caller,
                                      const Page& page) const {
    Visit visit = this->visit(request, caller.viewer);
    auto work = [&](catalog::store::Catalog& catalog) {
        try {
            visit.department = department_of(caller.viewer, catalog);
            return page(Library(catalog, table_, visit), request);
        } catch (const std::exception& failure) {
            // A person gets a page of ours, where the connection would answer for programs.
            spdlog::error("{}: {}", request.path(), failure.what());
            return failure_page(visit);
        }
    };
    co_return co_await readers_.run(std::move(work));
}

http::Route Pages::from_catalog(std::string pattern, Page page) const {
    http::Route route;
    route.method = http::Method::get;
    route.pattern = std::move(pattern);
    route.access = access_of(route.pattern);
    route.form = http::Form::page;
    route.handler = [this, page = std::move(page)](const http::Request& request,
                                                   const http::Caller& caller) {
        return render(request, caller, page);
    };
    return route;
}

http::Route Pages::of_secretariat(std::string pattern, Page page) const {
    auto route = from_catalog(std::move(pattern), std::move(page));
    route.access = http::Access::secretariat_alone;
    return route;
}

http::Route Pages::of_handouts(api::KeepOpened opened) const {
    auto route = from_catalog("/materials/{id}/pages", handout_page);
    route.handler = [this, opened = std::move(opened)](const http::Request& request, const http::Caller& caller) {
        return read_handout(request, caller, opened);
    };
    return route;
}

http::Task<http::Reply> Pages::read_handout(const http::Request& request, const http::Caller& caller,
                                            const api::KeepOpened& opened) const {
    const Page page = handout_page;
    auto reply = co_await render(request, caller, page);
    const bool is_read = reply.status == http::Status::ok && request.method() == http::Method::get;
    if (is_read && caller.viewer.kind == catalog::Viewer::Kind::staff) {
        co_await opened(id_in<catalog::MaterialId>(request), caller.viewer.account);
    }
    co_return reply;
}

void Pages::add_routes(http::Router& router, const api::KeepOpened& opened) const {
    router.add(of_handouts(opened));
    router.add(from_catalog("/", [](const Library& library, const http::Request&) {
        return home_page(library);
    }));
    router.add(from_catalog("/sessions/{id}", [](const Library& library, const http::Request& request) {
        return session_page(library, id_in<catalog::SessionId>(request));
    }));
    router.add(from_catalog("/videos/{id}", video_page));
    router.add(from_catalog("/videos/{id}/transcript", [](const Library& library, const http::Request& request) {
        return transcript_page(library, id_in<catalog::VideoId>(request),
                               request.query("language").value_or(""));
    }));
    router.add(from_catalog("/language/{language}", choose_language));
    router.add(from_catalog("/feed.atom", [](const Library& library, const http::Request&) {
        return atom_feed(library);
    }));
    router.add(from_catalog("/calendar.ics", [](const Library& library, const http::Request& request) {
        const auto session = request.query("session").value_or("");
        return calendar(library, catalog::SessionId(session));
    }));
    router.add(from_catalog("/search", [](const Library& library, const http::Request& request) {
        return search_page(library, request.query("q").value_or(""));
    }));
    router.add(from_catalog("/sign-in", [](const Library& library, const http::Request& request) {
        return sign_in_page(library, request.query("next").value_or("/"));
    }));
    router.add(from_catalog("/years/{year}", [](const Library& library, const http::Request& request) {
        return year_page(library, request.parameter("year"));
    }));
    router.add(from_catalog("/questions", [](const Library& library, const http::Request&) {
        return questions_page(library);
    }));
    router.add(from_catalog("/answer/{link}", [](const Library& library, const http::Request& request) {
        return adviser_page(library, std::string(request.parameter("link")));
    }));
    router.add(from_catalog("/desk/questions", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "questions");
    }));
    router.add(from_catalog("/check", [](const Library& library, const http::Request&) {
        return check_page(library);
    }));
    router.add(from_catalog("/check/requirements", [](const Library& library, const http::Request&) {
        return requirements_page(library);
    }));
    router.add(from_catalog("/join/{invitation}", [](const Library& library, const http::Request& request) {
        return join_page(library, std::string(request.parameter("invitation")));
    }));
    router.add(from_catalog("/password/{link}", [](const Library& library, const http::Request& request) {
        return password_page(library, std::string(request.parameter("link")));
    }));
    router.add(of_secretariat("/desk/accounts", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "accounts");
    }));
    for (const std::string place : {"sessions", "notices"}) {
        router.add(from_catalog("/desk/" + place, [place](const Library& library, const http::Request&) {
            return desk_page(library, catalog::VideoId(), place);
        }));
    }
    router.add(from_catalog("/desk/sessions/{id}", desk_session_page));
    router.add(of_secretariat("/desk/audit", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "audit");
    }));
    router.add(from_catalog("/desk/security", [](const Library& library, const http::Request&) {
        return security_page(library);
    }));
    router.add(from_catalog("/desk/departments", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "departments");
    }));
    router.add(from_catalog("/desk/checks", [](const Library& library, const http::Request&) {
        return checks_page(library);
    }));
    router.add(from_catalog("/desk", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId());
    }));
    router.add(from_catalog("/desk/videos/{id}", desk_video_page));
    router.add(of_secretariat("/desk/videos/{id}/clip", [](const Library& library, const http::Request& request) {
        const auto id = id_in<catalog::VideoId>(request);
        return id.empty() ? error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""))
                          : clip_page(library, id);
    }));
    router.add(of_secretariat("/desk/videos/{id}/withdraw", [](const Library& library, const http::Request& request) {
        const auto id = id_in<catalog::VideoId>(request);
        return id.empty() ? error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""))
                          : withdraw_page(library, id);
    }));
    router.add(from_catalog("/desk/windows", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "windows");
    }));
    router.add(of_secretariat("/desk/see-as", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "see-as");
    }));
    router.add(from_catalog("/desk/report", [](const Library& library, const http::Request&) {
        return desk_page(library, catalog::VideoId(), "report");
    }));

    http::Route assets;
    assets.method = http::Method::get;
    assets.pattern = "/assets/{name}";
    assets.access = http::Access::all_alike;
    assets.handler = [this](const http::Request& request,
                            const http::Caller&) -> http::Task<http::Reply> {
        co_return share_.asset(request.parameter("name"))
            .value_or(http::refusal(catalog::refuse(catalog::Refusal::not_found, "見つかりません。")));
    };
    router.add(std::move(assets));
}

http::Reply Pages::refusal(const http::Request& request, const http::Caller& caller,
                           const catalog::Error& error) const {
    if (caller.owes_second_step && error.kind == catalog::Refusal::forbidden) {
        return http::see_other("/desk/security");
    }
    const auto visit = this->visit(request, caller.viewer);
    if (error.kind == catalog::Refusal::sign_in_required) {
        return http::see_other(visit.sign_in_address());
    }
    return wants_page(request) ? error_page(visit, error) : http::refusal(error);
}

} // namespace server::pages
