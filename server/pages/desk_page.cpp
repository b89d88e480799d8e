#include "server/pages/desk_page.h"

#include "server/pages/error_page.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace server::pages {

namespace {

/// Only addresses of this site: "//host" and "/\host" lead elsewhere.
bool is_ours(const std::string& address) {
    return address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\") &&
           address.find_first_of("\r\n\t") == std::string::npos;
}

/// Why the desk is not shown to who looks; nothing where it is.
std::optional<http::Reply> kept_out(const Visit& visit) {
    switch (visit.viewer.kind) {
    case catalog::Viewer::Kind::anonymous:
        return http::see_other(visit.sign_in_address());
    case catalog::Viewer::Kind::staff:
        return error_page(visit, catalog::refuse(catalog::Refusal::forbidden, ""));
    case catalog::Viewer::Kind::secretariat:
        break;
    }
    return std::nullopt;
}

/// The frame that the script fills; `data` says with what.
http::Reply frame_of_desk(const Visit& visit, const std::string& title, nlohmann::json data) {
    Data content(Data::type::object);
    content["page_data"] = Data(page_data(visit, "desk", std::move(data)));
    const Frame frame{.name = "desk", .title = title, .style = "desk.css", .script = "desk.js"};
    return page(visit, http::Status::ok, frame, std::move(content));
}

} // namespace

http::Reply desk_page(const Library& library, const catalog::VideoId& video) {
    const auto& visit = library.visit();
    if (auto refused = kept_out(visit)) {
        return std::move(*refused);
    }
    if (!video.empty() && library.find(video) == nullptr) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    return frame_of_desk(visit, visit.messages().text("desk.title"),
                         {{"video", video.text()}, {"report", false}});
}

http::Reply desk_report_page(const Library& library) {
    const auto& visit = library.visit();
    if (auto refused = kept_out(visit)) {
        return std::move(*refused);
    }
    return frame_of_desk(visit, visit.messages().text("report.title"),
                         {{"video", ""}, {"report", true}});
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
