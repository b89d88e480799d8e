#include "server/pages/search_page.h"

#include "catalog/store/search.h"
#include "server/pages/material_page.h"

namespace server::pages {

namespace {

using catalog::search::Passages;
using catalog::store::Finding;

List pieces(const Passages& passages) {
    List list;
    for (const auto& passage : passages) {
        Data data(Data::type::object);
        data["hit"] = passage.is_hit ? Data(passage.text) : none();
        data["plain"] = passage.is_hit ? none() : Data(passage.text);
        list.push_back(std::move(data));
    }
    return list;
}

/// The page that it lies on, and what matters of it there.
void put_place(const Library& library, const Finding& finding, Data& item) {
    item["facts"] = none();
    switch (finding.kind) {
    case Finding::Kind::video:
        if (const auto video = library.catalog().videos.find(catalog::VideoId(finding.subject))) {
            item["href"] = Data(address_of(*video));
            item["facts"] = library.told(*video);
        }
        return;
    case Finding::Kind::session:
        item["href"] = Data("/sessions/" + finding.subject);
        if (const auto* session = library.find(catalog::SessionId(finding.subject))) {
            Data facts(Data::type::object);
            facts["until"] = Data(library.words().session_date(session->when));
            for (const char* name : {"speaker", "duration", "note", "changes", "changed_words"}) {
                facts[name] = none();
            }
            item["facts"] = std::move(facts);
        }
        return;
    case Finding::Kind::notice:
        item["href"] = Data("/#notices");
        return;
    case Finding::Kind::material:
        if (!finding.pages.empty()) {
            item["href"] = Data(address_of_pages(catalog::MaterialId(finding.subject)));
        } else if (const auto link = library.link_to(finding.subject)) {
            item["href"] = Data(link->get("href")->string_value());
        }
        return;
    }
}

Data told(const Library& library, const Finding& finding) {
    const auto& messages = library.visit().messages();
    Data item(Data::type::object);
    item["href"] = none();
    item["kind"] =
        Data(messages.text("search.kind_" + std::string(catalog::store::to_text(finding.kind))));
    item["title"] = Data(pieces(finding.title));
    item["text"] = listed("pieces", pieces(finding.text));
    put_place(library, finding, item);
    List moments;
    for (const auto& moment : finding.moments) {
        Data data(Data::type::object);
        const auto second = std::chrono::floor<std::chrono::seconds>(moment.at).count();
        data["href"] = Data("/videos/" + finding.subject + "?t=" + std::to_string(second));
        data["time"] = Data(clock_time(moment.at));
        data["words"] = Data(pieces(moment.words));
        moments.push_back(std::move(data));
    }
    for (const auto& each : finding.pages) {
        Data data(Data::type::object);
        data["href"] = Data(address_of_pages(catalog::MaterialId(finding.subject), each.number));
        data["time"] = Data(messages.text("search.page", {{"number", std::to_string(each.number)}}));
        data["words"] = Data(pieces(each.words));
        moments.push_back(std::move(data));
    }
    item["moments"] = listed("list", std::move(moments));
    item["more_moments"] = none();
    if (finding.more_moments > 0) {
        item["more_moments"] =
            Data(messages.text("search.more_moments", {{"count", std::to_string(finding.more_moments)}}));
    } else if (finding.more_pages > 0) {
        item["more_moments"] =
            Data(messages.text("search.more_pages", {{"count", std::to_string(finding.more_pages)}}));
    }
    return item;
}

} // namespace

http::Reply search_page(const Library& library, const std::string& typed) {
    const auto& visit = library.visit();
    const catalog::search::SearchQuery query(typed);
    const auto findings = catalog::store::search(library.catalog(), query, visit.viewer, visit.now,
                                                 library.words().today());
    List items;
    for (const auto& finding : findings.found) {
        items.push_back(told(library, finding));
    }
    Data content(Data::type::object);
    const auto count = std::to_string(findings.found.size());
    content["typed"] = Data(query.typed());
    content["count"] = query.empty()              ? none()
                       : findings.found.empty()   ? Data(visit.messages().text("search.nothing"))
                       : findings.has_more        ? Data(visit.messages().text("search.count_more", {{"count", count}}))
                                                  : Data(visit.messages().text("search.count", {{"count", count}}));
    content["hints"] = Data(!query.empty() && findings.found.empty());
    content["needs_sign_in"] = Data(visit.viewer.kind == catalog::Viewer::Kind::anonymous && !query.empty());
    content["results"] = listed("items", std::move(items));
    return page(visit, http::Status::ok,
                {.name = "search", .title = visit.messages().text("search.title")},
                std::move(content));
}

} // namespace server::pages
