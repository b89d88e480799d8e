#include "server/pages/questions_page.h"

#include "server/access/random.h"

#include <nlohmann/json.hpp>

namespace server::pages {

namespace {

/// Of a video that who looks may watch; those at large are everybody's.
bool may_see(const Library& library, const catalog::Question& question) {
    if (question.video.empty()) {
        return true;
    }
    const auto* video = library.find(question.video);
    return video != nullptr &&
           catalog::admit(library.offering(*video), library.visit().viewer, library.visit().now);
}

Data told(const Library& library, const catalog::Question& question) {
    Data item(Data::type::object);
    item["text"] = Data(question.text);
    item["answer"] = said(question.answer);
    item["state"] = none();
    item["about"] = none();
    item["href"] = none();
    item["time"] = none();
    const auto* video = library.find(question.video);
    if (video != nullptr) {
        item["about"] = Data(video->title);
        std::string address = address_of(*video);
        if (question.at) {
            const auto second = std::chrono::floor<std::chrono::seconds>(*question.at).count();
            address += "?t=" + std::to_string(second);
            item["time"] = Data(clock_time(*question.at));
        }
        item["href"] = Data(address);
    }
    return item;
}

List batches(const Library& library) {
    const auto published_at = library.catalog().questions.batches();
    List list;
    List items;
    int batch = 0;
    const auto close = [&] {
        if (items.empty()) {
            return;
        }
        Data data(Data::type::object);
        const auto& messages = library.visit().messages();
        data["title"] = Data(messages.text("questions.batch", {{"number", std::to_string(batch)}}));
        data["date"] = Data(library.words().day(library.visit().zone.to_local(published_at.at(batch)).date));
        data["items"] = Data(std::exchange(items, List()));
        list.push_back(std::move(data));
    };
    for (const auto& question : library.catalog().questions.published()) {
        if (*question.batch != batch) {
            close();
            batch = *question.batch;
        }
        if (may_see(library, question)) {
            items.push_back(told(library, question));
        }
    }
    close();
    return list;
}

List own(const Library& library) {
    List list;
    const auto& messages = library.visit().messages();
    for (const auto& question : library.catalog().questions.of_account(library.visit().viewer.account)) {
        Data item = told(library, question);
        if (!question.batch) {
            item["answer"] = none();
        }
        item["state"] = Data(messages.text(question.batch ? "questions.published" : "questions.waiting"));
        list.push_back(std::move(item));
    }
    return list;
}

} // namespace

List told_questions(const Library& library, const catalog::Video& video) {
    List list;
    for (const auto& question : library.catalog().questions.published_of(video.id)) {
        list.push_back(told(library, question));
    }
    return list;
}

http::Reply questions_page(const Library& library) {
    const auto& visit = library.visit();
    const bool anonymous = visit.viewer.kind == catalog::Viewer::Kind::anonymous;
    Data content(Data::type::object);
    content["batches"] = listed("list", batches(library));
    content["own"] = anonymous ? none() : listed("list", own(library));
    content["asks"] = Data(!anonymous);
    content["sign_in_here"] = anonymous ? Data(visit.sign_in_address()) : none();
    content["about_video"] = none();
    content["page_data"] = Data(page_data(visit, "site", nlohmann::json::object()));
    return page(visit, http::Status::ok,
                {.name = "questions", .title = visit.messages().text("questions.title")},
                std::move(content));
}

http::Reply adviser_page(const Library& library, const std::string& token) {
    const auto& visit = library.visit();
    const auto& messages = visit.messages();
    auto& links = library.catalog().adviser_links;
    const auto link = links.opened_by(access::token_hash(token), visit.now);
    List items;
    for (const auto& routed : link ? links.routed_to(link->id) : std::vector<catalog::RoutedQuestion>()) {
        const auto question = library.catalog().questions.find(routed.question);
        if (!question) {
            continue;
        }
        Data item = told(library, *question);
        item["id"] = Data(question->id.text());
        item["answer"] = Data(routed.answer);
        item["open"] = Data(!question->batch.has_value());
        item["state"] = question->batch    ? Data(messages.text("adviser.published"))
                        : routed.answered ? Data(messages.text("adviser.received", {{"time", library.words().instant(*routed.answered)}}))
                                          : none();
        items.push_back(std::move(item));
    }
    Data content(Data::type::object);
    content["adviser"] = link ? Data(link->adviser) : none();
    content["until"] = link ? Data(messages.text("adviser.until", {{"time", library.words().instant(link->expires)}})) : none();
    content["link"] = Data(token);
    content["questions"] = listed("list", std::move(items));
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["page_data"] = Data(page_data(visit, "site", nlohmann::json::object()));
    return page(visit, link ? http::Status::ok : http::Status::not_found,
                {.name = "adviser", .title = messages.text("adviser.title")}, std::move(content));
}

} // namespace server::pages
