#include "server/pages/session_page.h"

#include "server/pages/error_page.h"
#include "server/pages/live_entry.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace server::pages {

namespace {

std::string participation(const Messages& messages, const catalog::Session& session) {
    std::string words;
    for (const auto& way : session.participation) {
        const std::string key = "session.participation_" + way;
        if (!messages.all().contains(key)) {
            continue;
        }
        words += (words.empty() ? "" : messages.text("session.list_separator")) + messages.text(key);
    }
    return words;
}

/// Where an item stands in a recording that who looks can have now: an address with its second. A mark that was
/// set while it was streamed has the item's title.
Data place_of(const Library& library, const catalog::Session& session, const catalog::ProgrammeItem& item) {
    for (const auto& video : library.videos()) {
        if (video.session != session.id || !library.is_ready(video) ||
            !catalog::admit(library.offering(video), library.visit().viewer, library.visit().now)) {
            continue;
        }
        for (const auto& chapter : video.chapters) {
            if (chapter.item.empty() ? chapter.title == item.title : chapter.item == item.id) {
                const auto second = std::chrono::floor<std::chrono::seconds>(chapter.at).count();
                Data place(Data::type::object);
                place["href"] = Data(address_of(video) + "?t=" + std::to_string(second));
                place["words"] = Data(library.visit().messages().text("session.place", {{"time", clock_time(chapter.at)}}));
                return place;
            }
        }
    }
    return none();
}

Data programme(const Library& library, const catalog::Session& session) {
    List items;
    for (const auto& item : session.items) {
        Data data(Data::type::object);
        data["kind"] = said(item.kind_label);
        data["title"] = Data(item.title);
        data["speaker"] = said(item.speaker);
        data["note"] = said(item.note);
        data["place"] = place_of(library, session, item);
        List lines;
        for (const auto& line : item.sub_items) {
            lines.push_back(Data(line));
        }
        data["sub_items"] = listed("lines", std::move(lines));
        items.push_back(std::move(data));
    }
    return listed("items", std::move(items));
}

/// The cancelled sessions in whose place this one stands.
List replaced_sessions(const Library& library, const catalog::Session& session) {
    List list;
    for (const auto& other : library.sessions()) {
        if (std::ranges::find(other.replaced_by, session.id) != other.replaced_by.end()) {
            list.push_back(library.link_to(other));
        }
    }
    return list;
}

List recordings(const Library& library, const catalog::Session& session) {
    List list;
    for (const auto& video : library.videos()) {
        if (video.session == session.id && video.published && is_recorded(library, video)) {
            list.push_back(library.told(video));
        }
    }
    return list;
}

List streams(const Library& library, const catalog::Session& session) {
    List list;
    for (const auto& video : library.videos()) {
        if (video.session == session.id && video.published && is_stream(library, video)) {
            list.push_back(link_to_live(library, video));
        }
    }
    return list;
}

void put_facts(const Library& library, const catalog::Session& session, Data& content) {
    const auto& messages = library.visit().messages();
    const auto& when = session.when;
    const auto* series = library.find(session.series);
    const bool has_a_day = when.precision == catalog::SessionDate::Precision::minute ||
                           when.precision == catalog::SessionDate::Precision::day;
    content["calendar"] =
        has_a_day ? Data("/calendar.ics?session=" + session.id.text()) : none();
    content["series"] = series == nullptr ? none() : Data(series->title);
    content["intro"] = said(session.description);
    content["reception"] =
        when.reception
            ? Data(messages.text("session.reception",
                                 {{"time", library.words().time_of_day(*when.reception)}}))
            : none();
    content["venue"] = said(session.venue);
    content["venue_address"] = said(session.venue_address);
    content["participation"] = said(participation(messages, session));
    content["cancel_reason"] =
        session.cancel_reason.empty()
            ? none()
            : Data(messages.text("session.cancelled_because", {{"reason", session.cancel_reason}}));
}

} // namespace

void put_status(const Library& library, const catalog::Session& session, Data& data) {
    const std::string status(catalog::to_text(session.status));
    data["when"] = Data(library.words().session_date(session.when));
    data["status"] = Data(status);
    data["status_words"] = Data(library.visit().messages().text("session.status_" + status));
    data["cancelled"] = Data(session.status == catalog::SessionStatus::cancelled);
    List replacements;
    for (const auto& id : session.replaced_by) {
        if (const auto* replacement = library.find(id)) {
            replacements.push_back(library.link_to(*replacement));
        }
    }
    data["replaced_by"] = listed("sessions", std::move(replacements));
}

http::Reply session_page(const Library& library, const catalog::SessionId& id) {
    const auto* session = library.find(id);
    if (session == nullptr) {
        return error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""));
    }
    Data content(Data::type::object);
    put_status(library, *session, content);
    put_facts(library, *session, content);
    content["programme"] = programme(library, *session);
    // Of a cancelled session without one there is nothing left to be decided.
    content["has_programme"] =
        Data(!session->items.empty() || session->status != catalog::SessionStatus::cancelled);
    content["replaces"] = listed("sessions", replaced_sessions(library, *session));
    auto announced = streams(library, *session);
    if (!announced.empty()) {
        content["page_data"] =
            Data(page_data(library.visit(), "site", nlohmann::json::object()));
    }
    content["streams"] = listed("videos", std::move(announced));
    content["recordings"] = listed("videos", recordings(library, *session));
    content["materials"] =
        listed("list", library.told(library.catalog().materials.of_session(session->id)));
    return page(library.visit(), http::Status::ok, {.name = "session", .title = session->title},
                std::move(content));
}

} // namespace server::pages
