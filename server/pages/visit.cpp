#include "server/pages/visit.h"

#include "server/http/request.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace server::pages {

namespace {

Data viewer_data(const Visit& visit) {
    if (visit.viewer.kind == catalog::Viewer::Kind::anonymous) {
        return none();
    }
    Data data(Data::type::object);
    data["name"] = Data(visit.viewer.name);
    data["place"] = said(visit.department);
    return data;
}

Data site_data(const Settings::Site& site) {
    Data data(Data::type::object);
    data["name"] = Data(site.name);
    data["organiser"] = said(site.organiser);
    data["contact"] = said(site.contact);
    data["banner"] = said(site.banner);
    data["description"] = said(site.description);
    return data;
}

Data asset_data(const Share& share, const Frame& frame) {
    Data data(Data::type::object);
    data["icon"] = Data(share.address("icon.svg"));
    data["site_style"] = Data(share.address("site.css"));
    data["site_script"] = Data(share.address("site.js"));
    data["style"] = frame.style.empty() ? none() : Data(share.address(frame.style));
    data["script"] = frame.script.empty() ? none() : Data(share.address(frame.script));
    data["early_script"] = frame.early.empty() ? none() : Data(share.address(frame.early));
    return data;
}

/// Holds in a <script> block: nothing in it can end the block.
std::string safe_json(const nlohmann::json& value) {
    using Handler = nlohmann::json::error_handler_t;
    std::string text = value.dump(-1, ' ', /*ensure_ascii=*/false, Handler::replace);
    for (auto at = text.find('<'); at != std::string::npos; at = text.find('<', at)) {
        text.replace(at, 1, "\\u003c");
    }
    return text;
}

} // namespace

bool is_ours(const std::string& address) {
    return address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\") &&
           std::ranges::all_of(address, [](unsigned char letter) { return letter > ' ' && letter != 0x7F; });
}

std::string Visit::host() const {
    const auto begin = origin.find("://") + 3;
    return origin.substr(begin, origin.find_first_of(":/", begin) - begin);
}

std::string Visit::whom_to_ask() const {
    return site.contact.empty() ? std::string()
                                : messages().text("site.ask", {{"contact", site.contact}});
}

std::string Visit::sign_in_address() const {
    return target == "/" ? "/sign-in" : "/sign-in?next=" + http::percent_encoded(target);
}

http::Reply page(const Visit& visit, http::Status status, const Frame& frame, Data content) {
    const bool anonymous = visit.viewer.kind == catalog::Viewer::Kind::anonymous;
    content["page"] = Data(frame.name);
    content["clock"] = Data(catalog::time::format_rfc3339(visit.now));
    content["other_language"] = Data(visit.shown_language() == "en" ? "ja" : "en");
    content["here"] = Data(http::percent_encoded(visit.target));
    content["title"] = said(frame.title);
    content["language"] = Data(visit.shown_language());
    content["site"] = site_data(visit.site);
    content["description"] = said(visit.site.description);
    content["assets"] = asset_data(visit.share, frame);
    content["viewer"] = viewer_data(visit);
    content["secretariat"] = Data(visit.viewer.kind == catalog::Viewer::Kind::secretariat);
    content["reads_desk"] = Data(visit.viewer.reads_desk());
    content["sign_in"] =
        anonymous && frame.name != "sign_in" ? Data(visit.sign_in_address()) : none();
    content["at_home"] = Data(frame.name == "home");
    content["at_questions"] = Data(frame.name == "questions");
    content["at_search"] = Data(frame.name == "search");
    for (const auto* optional : {"page_data", "places"}) {
        if (content.get(optional) == nullptr) {
            content[optional] = none();
        }
    }
    content["at_desk"] = Data(!content["places"].is_false());
    return http::html(status, visit.share.templates().render(frame.name, content,
                                                             visit.share.texts(visit.shown_language())));
}

std::string page_data(const Visit& visit, const std::string& script, nlohmann::json data) {
    nlohmann::json texts = nlohmann::json::object();
    for (const auto& key : visit.share.texts_of_script(script)) {
        texts[key] = visit.messages().text(key);
    }
    data["language"] = visit.shown_language();
    data["zone"] = visit.zone.name();
    data["now"] = catalog::time::format_rfc3339(visit.now);
    data["texts"] = std::move(texts);
    return safe_json(data);
}

} // namespace server::pages
