#include "server/pages/check_page.h"

#include "server/pages/desk_page.h"

#include <nlohmann/json.hpp>

namespace server::pages {

namespace {

List municipalities(const Library& library) {
    List list;
    for (const auto& municipality : library.catalog().municipalities.all()) {
        Data item(Data::type::object);
        item["code"] = Data(municipality.code);
        item["name"] = Data(municipality.name);
        list.push_back(std::move(item));
    }
    return list;
}

Data told(const Library& library, const catalog::LineCheck& check) {
    const auto& messages = library.visit().messages();
    const auto facts = nlohmann::json::parse(check.facts, nullptr, false);
    const auto number = [&facts](const char* name) {
        return facts.is_object() && facts.contains(name) && facts[name].is_number()
                   ? std::to_string(std::llround(facts[name].get<double>()))
                   : std::string();
    };
    const auto municipality = library.catalog().municipalities.find(check.municipality);
    Data item(Data::type::object);
    item["code"] = Data(check.code);
    item["at"] = Data(library.words().instant(check.at));
    item["place"] = Data((municipality ? municipality->name : messages.text("check.unknown_place")) +
                         (check.department.empty() ? "" : " " + check.department));
    item["mode"] = Data(messages.text("check.mode_" + check.mode));
    item["rate"] = Data(number("rate_kbps"));
    item["first_byte"] = Data(number("first_byte_ms"));
    const bool has_engine = facts.is_object() && facts.contains("engine") && facts["engine"].is_string();
    item["engine"] = Data(has_engine ? facts["engine"].get<std::string>() : std::string());
    return item;
}

} // namespace

http::Reply check_page(const Library& library) {
    const auto& visit = library.visit();
    Data content(Data::type::object);
    content["municipalities"] =
        visit.viewer.department ? none() : listed("list", municipalities(library));
    content["page_data"] = Data(page_data(visit, "check", nlohmann::json::object()));
    return page(visit, http::Status::ok,
                {.name = "check",
                 .title = visit.messages().text("check.title"),
                 .style = "",
                 .script = "check.js"},
                std::move(content));
}

http::Reply requirements_page(const Library& library) {
    const auto& visit = library.visit();
    Data content(Data::type::object);
    content["origin"] = Data(visit.origin);
    content["host"] = Data(visit.host());
    content["whom_to_ask"] = said(visit.whom_to_ask());
    return page(visit, http::Status::ok,
                {.name = "requirements", .title = visit.messages().text("check.requirements")},
                std::move(content));
}

http::Reply checks_page(const Library& library) {
    const auto& visit = library.visit();
    if (!visit.viewer.reads_desk()) {
        return desk_page(library, catalog::VideoId());
    }
    constexpr int most_told = 200;
    List list;
    for (const auto& check : library.catalog().line_checks.newest(most_told)) {
        list.push_back(told(library, check));
    }
    Data content(Data::type::object);
    content["checks"] = listed("list", std::move(list));
    content["places"] = desk_places(visit, "checks");
    return page(visit, http::Status::ok,
                {.name = "checks", .title = visit.messages().text("check.results"), .style = "desk.css"},
                std::move(content));
}

} // namespace server::pages
