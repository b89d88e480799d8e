#include "server/pages/desk_page.h"

#include "server/pages/error_page.h"

#include <nlohmann/json.hpp>

namespace server::pages {

http::Reply desk_page(const Library& library, const catalog::VideoId& video) {
    const auto& visit = library.visit();
    switch (visit.viewer.kind) {
    case catalog::Viewer::Kind::anonymous:
        return http::see_other(visit.sign_in_address());
    case catalog::Viewer::Kind::staff:
        return error_page(visit, catalog::refuse(catalog::Refusal::forbidden, ""));
    case catalog::Viewer::Kind::secretariat:
        break;
    }
    if (!video.empty() && library.find(video) == nullptr) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    Data content(Data::type::object);
    content["page_data"] = Data(page_data(visit, "desk", {{"video", video.text()}}));
    const Frame frame{.name = "desk",
                      .title = visit.messages().text("desk.title"),
                      .style = "desk.css",
                      .script = "desk.js"};
    return page(visit, http::Status::ok, frame, std::move(content));
}

http::Reply sign_in_page(const Visit& visit, const std::string& next) {
    const std::string onward = is_ours(next) ? next : "/";
    if (visit.viewer.kind != catalog::Viewer::Kind::anonymous) {
        return http::see_other(onward);
    }
    Data content(Data::type::object);
    content["next"] = Data(onward);
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["page_data"] = Data(page_data(visit, "site", nlohmann::json::object()));
    return page(visit, http::Status::ok,
                {.name = "sign_in", .title = visit.messages().text("sign_in.title")},
                std::move(content));
}

} // namespace server::pages
