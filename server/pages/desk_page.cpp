#include "server/pages/desk_page.h"

#include "server/access/random.h"
#include "server/pages/error_page.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>

namespace server::pages {

namespace {

/// Those that sign in with a code, under their municipalities.
List departments(const Library& library) {
    List list;
    std::string municipality;
    List below;
    const auto close = [&] {
        if (!below.empty()) {
            Data group(Data::type::object);
            const auto found = library.catalog().municipalities.find(municipality);
            group["municipality"] = Data(found ? found->name : municipality);
            group["departments"] = Data(std::exchange(below, List()));
            list.push_back(std::move(group));
        }
    };
    for (const auto& access : library.catalog().departments.all()) {
        if (access.department.municipality != municipality) {
            close();
            municipality = access.department.municipality;
        }
        const auto account = library.catalog().accounts.find(access.account);
        Data item(Data::type::object);
        item["value"] = Data(account ? account->name : std::string());
        item["name"] = Data(access.department.name);
        below.push_back(std::move(item));
    }
    close();
    return list;
}

/// Of a page of the desk about `video`, which may be empty: nothing where it may be seen.
std::optional<http::Reply> refusal_of(const Library& library, const catalog::VideoId& video) {
    const auto& visit = library.visit();
    switch (visit.viewer.kind) {
    case catalog::Viewer::Kind::anonymous:
        return http::see_other(visit.sign_in_address());
    case catalog::Viewer::Kind::staff:
    case catalog::Viewer::Kind::adviser:
        return error_page(visit, catalog::refuse(catalog::Refusal::forbidden, ""));
    case catalog::Viewer::Kind::organiser:
    case catalog::Viewer::Kind::secretariat:
        break;
    }
    if (!video.empty() && library.find(video) == nullptr) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    return std::nullopt;
}

struct Place {
    std::string_view place;  ///< as desk.js knows it
    std::string_view href;
    std::string_view message;
    enum class For { readers, secretariat } whom = For::readers;
};

constexpr std::array places{
    Place{"", "/desk", "site.desk_videos"},
    Place{"windows", "/desk/windows", "desk.window"},
    Place{"sessions", "/desk/sessions", "sessions.title"},
    Place{"notices", "/desk/notices", "notices.title"},
    Place{"questions", "/desk/questions", "questions.desk_title"},
    Place{"departments", "/desk/departments", "site.departments"},
    Place{"report", "/desk/report", "report.title"},
    Place{"accounts", "/desk/accounts", "accounts.title", Place::For::secretariat},
    Place{"audit", "/desk/audit", "audit.title", Place::For::secretariat},
};

/// Where else the desk has pages that who looks may open. `here`: the one that is shown; empty for its videos.
Data places_of(const Visit& visit, std::string_view here) {
    List list;
    for (const auto& each : places) {
        if (each.whom == Place::For::secretariat && visit.viewer.kind != catalog::Viewer::Kind::secretariat) {
            continue;
        }
        Data item(Data::type::object);
        item["href"] = Data(std::string(each.href));
        item["name"] = Data(visit.messages().text(std::string(each.message)));
        item["here"] = Data(each.place == here);
        list.push_back(std::move(item));
    }
    return listed("list", std::move(list));
}

/// The frame of one of the desk's pages. `about`: what its script starts from.
http::Reply framed(const Library& library, std::string_view here, nlohmann::json about) {
    const auto& visit = library.visit();
    about["reads_only"] = visit.viewer.kind != catalog::Viewer::Kind::secretariat;
    Data content(Data::type::object);
    content["page_data"] = Data(page_data(visit, "desk", std::move(about)));
    content["places"] = places_of(visit, here);
    const Frame frame{.name = "desk",
                      .title = visit.messages().text("desk.title"),
                      .style = "desk.css",
                      .script = "desk.js"};
    return page(visit, http::Status::ok, frame, std::move(content));
}

} // namespace

http::Reply desk_page(const Library& library, const catalog::VideoId& video, std::string_view place) {
    if (auto refused = refusal_of(library, video)) {
        return std::move(*refused);
    }
    return framed(library, place, {{"video", video.text()}, {"session", ""}, {"place", place}});
}

http::Reply desk_page(const Library& library, const catalog::SessionId& session) {
    if (auto refused = refusal_of(library, {})) {
        return std::move(*refused);
    }
    return framed(library, "sessions", {{"video", ""}, {"session", session.text()}, {"place", "session"}});
}

namespace {

/// A page of its own on which all of a video's recording plays, with what is done to it beside.
http::Reply page_of_recording(const Library& library, const catalog::VideoId& id, const std::string& name) {
    const auto& visit = library.visit();
    if (auto refused = refusal_of(library, id)) {
        return std::move(*refused);
    }
    const auto* video = library.find(id);
    Data content(Data::type::object);
    content["desk"] = Data("/desk" + address_of(*video));
    content["video"] = Data(video->title.empty() ? visit.messages().text("desk.untitled") : video->title);
    content["page_data"] = Data(page_data(visit, name, {{"video", id.text()}}));
    const auto script = name + ".js";
    const auto title = visit.messages().text(name + ".title");
    content["heading"] = Data(title);
    content["place"] = Data(name);
    const Frame frame{.name = "clip", .title = title, .style = "clip.css", .script = script};
    return page(visit, http::Status::ok, frame, std::move(content));
}

} // namespace

http::Reply clip_page(const Library& library, const catalog::VideoId& id) {
    return page_of_recording(library, id, "clip");
}

http::Reply withdraw_page(const Library& library, const catalog::VideoId& id) {
    return page_of_recording(library, id, "withdraw");
}

http::Reply sign_in_page(const Library& library, const std::string& next) {
    const auto& visit = library.visit();
    const std::string onward = is_ours(next) ? next : "/";
    if (visit.viewer.kind != catalog::Viewer::Kind::anonymous) {
        return http::see_other(onward);
    }
    Data content(Data::type::object);
    content["next"] = Data(onward);
    content["departments"] = listed("list", departments(library));
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["page_data"] = Data(page_data(visit, "site", nlohmann::json::object()));
    return page(visit, http::Status::ok,
                {.name = "sign_in", .title = visit.messages().text("sign_in.title")},
                std::move(content));
}

http::Reply join_page(const Library& library, const std::string& invitation) {
    const auto& visit = library.visit();
    const auto access =
        library.catalog().departments.of_invitation(access::token_hash(invitation));
    const auto account =
        access ? library.catalog().accounts.find(access->account) : std::nullopt;
    Data content(Data::type::object);
    content["department"] = account ? Data(account->name) : none();
    content["invitation"] = Data(invitation);
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["page_data"] = Data(page_data(visit, "site", nlohmann::json::object()));
    return page(visit, account ? http::Status::ok : http::Status::not_found,
                {.name = "join", .title = visit.messages().text("join.title")}, std::move(content));
}

http::Reply security_page(const Library& library) {
    const auto& visit = library.visit();
    Data content(Data::type::object);
    content["page_data"] = Data(page_data(
        visit, "desk", {{"video", ""}, {"session", ""}, {"place", "security"}, {"reads_only", false}}));
    content["places"] = visit.viewer.reads_desk() ? places_of(visit, "security") : none();
    return page(visit, http::Status::ok,
                {.name = "desk",
                 .title = visit.messages().text("security.title"),
                 .style = "desk.css",
                 .script = "desk.js"},
                std::move(content));
}

http::Reply password_page(const Library& library, const std::string& link) {
    const auto& visit = library.visit();
    const auto account =
        library.catalog().accounts.of_password_link(access::token_hash(link), visit.now);
    Data content(Data::type::object);
    content["account"] = account ? Data(account->name) : none();
    content["link"] = Data(link);
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["page_data"] = Data(page_data(visit, "site", nlohmann::json::object()));
    return page(visit, account ? http::Status::ok : http::Status::not_found,
                {.name = "password", .title = visit.messages().text("password.title")},
                std::move(content));
}

} // namespace server::pages
