#include "server/pages/material_page.h"

#include "server/pages/error_page.h"

namespace server::pages {

namespace {

using catalog::Document;

/// Why there are no pages (yet); empty where there are.
std::string why_no_pages(const Messages& messages, const std::optional<Document>& document, bool japanese) {
    if (document && document->state == Document::State::ready) {
        return {};
    }
    if (document && document->state != Document::State::none) {
        return messages.text("material.pages_come");
    }
    return document && japanese ? document->why_not : messages.text("material.no_pages");
}

List pages_of(const Library& library, const catalog::Material& material) {
    const auto& messages = library.visit().messages();
    const auto pages = library.catalog().documents.pages(material.id);
    const auto count = std::to_string(pages.size());
    List list;
    for (std::size_t at = 0; at < pages.size(); ++at) {
        const auto number = std::to_string(at + 1);
        Data page(Data::type::object);
        page["number"] = Data(number);
        page["heading"] = Data(messages.text("material.page_of", {{"number", number}, {"count", count}}));
        page["picture"] = Data("/materials/" + material.id.text() + "/pages/" + number + ".jpg");
        page["width"] = Data(std::to_string(pages[at].width));
        page["height"] = Data(std::to_string(pages[at].height));
        page["alternative"] = Data(messages.text(
            pages[at].text.empty() ? "material.picture_alone" : "material.picture", {{"number", number}}));
        page["loading"] = Data(at == 0 ? "eager" : "lazy");
        page["text"] = said(pages[at].text);
        list.push_back(std::move(page));
    }
    return list;
}

void put_place(const Library& library, const catalog::Material& material, Data& content) {
    content["place"] = none();
    if (const auto* session = library.find(material.session)) {
        content["place"] = library.link_to(*session);
    } else if (const auto* video = library.find(material.video)) {
        Data link(Data::type::object);
        link["href"] = Data(address_of(*video));
        link["title"] = Data(video->title);
        content["place"] = std::move(link);
    }
}

} // namespace

std::string address_of_pages(const catalog::MaterialId& id, int page) {
    const std::string address = "/materials/" + id.text() + "/pages";
    return page == 0 ? address : address + "#page-" + std::to_string(page);
}

http::Reply material_page(const Library& library, const catalog::MaterialId& id, Reading reading) {
    const auto& visit = library.visit();
    const auto material = library.catalog().materials.find(id);
    const auto offering = library.catalog().materials.offering(id);
    if (!material || !offering) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    if (const auto admission = catalog::admit(*offering, visit.viewer, visit.now); !admission) {
        return error_page(visit, admission.error());
    }
    if (material->file.empty()) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    Data content = library.told(*material);
    put_place(library, *material, content);
    const auto document = library.catalog().documents.of(id);
    content["why_no_pages"] =
        said(why_no_pages(visit.messages(), document, visit.shown_language() == "ja"));
    content["as_text"] = Data(reading == Reading::text);
    content["as_pictures"] = Data(reading == Reading::pictures);
    content["pages"] = listed("list", pages_of(library, *material));
    return page(visit, http::Status::ok,
                {.name = "material", .title = material->title, .style = "reading.css"}, std::move(content));
}

} // namespace server::pages
