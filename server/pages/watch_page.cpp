#include "server/pages/watch_page.h"

#include "server/http/refusal_status.h"
#include "server/pages/error_page.h"
#include "server/pages/live_entry.h"
#include "server/pages/material_page.h"
#include "server/pages/questions_page.h"

#include <nlohmann/json.hpp>

namespace server::pages {

namespace {

using catalog::time::format_rfc3339;

/// From here on a deadline is near enough to be marked.
constexpr int soon_days = 14;

void put_place(const Library& library, const catalog::Video& video, Data& content) {
    const auto* series = library.series_of(video);
    const auto* session = library.find(video.session);
    content["series"] = series == nullptr ? none() : Data(series->title);
    content["session"] = session == nullptr ? none() : library.link_to(*session);
    content["speaker"] = said(video.speaker);
}

std::string audience_words(const Messages& messages, catalog::Audience audience) {
    return messages.text("audience." + std::string(catalog::to_text(audience)));
}

struct Refused {
    std::string headline;
    std::string sentence;
};

Refused refused_words(const Library& library, const catalog::Video& video,
                      const catalog::Error& error) {
    const auto& messages = library.visit().messages();
    const auto* series = library.series_of(video);
    switch (error.kind) {
    case catalog::Refusal::not_yet_open:
        return {messages.text("watch.not_yet_open"),
                messages.text("watch.not_yet_open_sentence",
                              {{"time", library.words().instant(error.at.value())}})};
    case catalog::Refusal::closed:
        return {messages.text("watch.closed"),
                messages.text("watch.closed_sentence",
                              {{"time", library.words().end(error.at.value())}})};
    case catalog::Refusal::sign_in_required:
        return {messages.text("watch.sign_in_required"),
                messages.text("watch.sign_in_required_sentence",
                              {{"audience", audience_words(messages, library.offering(video).audience)}})};
    case catalog::Refusal::not_registered:
        return {messages.text("watch.not_registered"),
                series == nullptr
                    ? messages.text("watch.not_registered_nowhere")
                    : messages.text("watch.not_registered_sentence", {{"series", series->title}})};
    default:
        return {messages.text("error.other"), error.message};
    }
}

http::Reply refused_page(const Library& library, const catalog::Video& video,
                         const catalog::Error& error) {
    const auto& visit = library.visit();
    const auto [headline, sentence] = refused_words(library, video, error);
    const bool opens_later = error.kind == catalog::Refusal::not_yet_open;
    const bool may_sign_in = error.kind == catalog::Refusal::sign_in_required;
    const bool reads_desk = visit.viewer.reads_desk();
    Data content(Data::type::object);
    put_place(library, video, content);
    content["video"] = Data(video.title);
    content["headline"] = Data(headline);
    content["sentence"] = Data(sentence);
    content["whom_to_ask"] = said(visit.whom_to_ask());
    content["opens"] = opens_later ? Data(format_rfc3339(error.at.value())) : none();
    content["now"] = Data(format_rfc3339(visit.now));
    content["sign_in_here"] = may_sign_in ? Data(visit.sign_in_address()) : none();
    content["preview_here"] = reads_desk ? Data(address_of(video) + "?preview") : none();
    return page(visit, http::status_of(error.kind), {.name = "watch_refused", .title = video.title},
                std::move(content));
}

Data chapters(const catalog::Video& video) {
    List list;
    for (const auto& chapter : video.chapters) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(chapter.at).count();
        Data item(Data::type::object);
        item["href"] = Data(address_of(video) + "?t=" + std::to_string(seconds));
        item["at"] = Data(std::to_string(seconds));
        item["time"] = Data(clock_time(chapter.at));
        item["title"] = Data(chapter.title);
        list.push_back(std::move(item));
    }
    return listed("list", std::move(list));
}

/// How many look at the screen of who looks, and where to tell it.
nlohmann::json headcount(const Library& library, const catalog::Video& video) {
    auto& watching = library.catalog().watching;
    return {{"address", "/api/videos/" + video.id.text() + "/headcount"},
            {"people", watching.people(library.visit().viewer.account, video.id)}};
}

/// The seconds that published questions are about, for the bar.
nlohmann::json question_places(const Library& library, const catalog::Video& video) {
    auto places = nlohmann::json::array();
    if (library.visit().viewer.kind != catalog::Viewer::Kind::staff) {
        return places;
    }
    for (const auto& question : library.catalog().questions.published_of(video.id)) {
        if (question.at) {
            places.push_back({{"at_s", std::chrono::duration<double>(*question.at).count()},
                              {"title", question.text}});
        }
    }
    return places;
}

/// Handouts that lie beside it: its own, and those of the session that it shows.
std::vector<catalog::Material> handouts_of(const Library& library, const catalog::Video& video) {
    auto handouts = library.catalog().materials.of_video(video.id);
    if (!video.session.empty()) {
        for (auto& handout : library.catalog().materials.of_session(video.session)) {
            handouts.push_back(std::move(handout));
        }
    }
    return handouts;
}

/// Those whose pages who looks can see.
nlohmann::json paged_handouts(const Library& library, const std::vector<catalog::Material>& handouts) {
    auto list = nlohmann::json::array();
    for (const auto& handout : handouts) {
        const auto document = library.catalog().documents.of(handout.id);
        const auto offering = library.catalog().materials.offering(handout.id);
        const auto& visit = library.visit();
        if (document && document->pages > 0 && offering && catalog::admit(*offering, visit.viewer, visit.now)) {
            list.push_back({{"title", handout.title},
                            {"pages", address_of_pages(handout.id)},
                            {"count", document->pages}});
        }
    }
    return list;
}

/// What is watched after it: of its series, the next number that is open.
const catalog::Video* next_of(const Library& library, const catalog::Video& video) {
    const catalog::Video* next = nullptr;
    for (const auto& other : library.videos()) {
        const bool follows = !video.series.empty() && other.series == video.series &&
                             other.kind == video.kind && video.number && other.number > video.number &&
                             (next == nullptr || other.number < next->number);
        if (!follows) {
            continue;
        }
        const auto offering = library.offering(other);
        if (offering.published && offering.window.admits(library.visit().now)) {
            next = &other;
        }
    }
    return next;
}

/// Title and address of what is watched next; null where there is nothing.
nlohmann::json next_link(const Library& library, const catalog::Video& video) {
    const auto* next = next_of(library, video);
    return next == nullptr ? nlohmann::json()
                           : nlohmann::json{{"title", next->title}, {"href", address_of(*next)}};
}

nlohmann::json script_data(const Library& library, const catalog::Video& video, Look look) {
    const auto& visit = library.visit();
    const auto window = library.offering(video).window;
    const bool ends = look == Look::viewing && window.closes.has_value();
    auto chapters = nlohmann::json::array();
    for (const auto& chapter : video.chapters) {
        const std::chrono::duration<double> at = chapter.at;
        chapters.push_back({{"at_s", at.count()}, {"title", chapter.title}});
    }
    const bool by_viewer = look == Look::viewing;
    const std::string status = by_viewer ? "/api/videos/" + video.id.text()
                                         : "/api/desk/videos/" + video.id.text() + "/live";
    const std::string play = by_viewer ? "/api/videos/" + video.id.text() + "/play"
                                       : "/api/desk/videos/" + video.id.text() + "/preview";
    const bool keeps_place = look == Look::viewing && !visit.viewer.account.empty();
    const bool is_counted =
        look == Look::viewing && visit.viewer.kind == catalog::Viewer::Kind::staff;
    std::string closed;
    if (ends) {
        closed = visit.messages().text("watch.closed_now",
                                       {{"time", library.words().end(*window.closes)}});
        closed += visit.whom_to_ask();
    }
    return {{"video", video.id.text()},
            {"title", video.title},
            {"play", play},
            {"place", keeps_place ? nlohmann::json("/api/videos/" + video.id.text() + "/place")
                                  : nlohmann::json()},
            {"watched", is_counted ? nlohmann::json("/api/videos/" + video.id.text() + "/watched")
                                   : nlohmann::json()},
            {"headcount", is_counted ? headcount(library, video) : nlohmann::json()},
            {"download", look == Look::viewing && video.may_be_downloaded
                             ? nlohmann::json("/api/videos/" + video.id.text() + "/download")
                             : nlohmann::json()},
            {"closes_at", ends ? nlohmann::json(format_rfc3339(*window.closes)) : nlohmann::json()},
            {"closed_message", closed},
            {"live", is_stream(library, video) ? live_data(library, video, status) : nlohmann::json()},
            {"chapters", chapters},
            {"next", next_link(library, video)},
            {"handouts", paged_handouts(library, handouts_of(library, video))},
            {"questions", question_places(library, video)}};
}

void put_window(const Library& library, const catalog::AvailabilityWindow& window, Data& content) {
    const bool ends = window.closes && window.admits(library.visit().now);
    content["until"] = Data(library.words().window(window));
    content["left"] = ends ? Data(library.words().left(*window.closes)) : none();
    content["soon"] = Data(ends && library.words().days_left(*window.closes) <= soon_days);
}

} // namespace

http::Reply watch_page(const Library& library, const catalog::VideoId& id, Look look) {
    const auto& visit = library.visit();
    const auto* video = library.find(id);
    if (video == nullptr) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    const auto offering = library.offering(*video);
    if (look != Look::preview) {
        const auto admission = catalog::admit(offering, visit.viewer, visit.now);
        if (!admission) {
            return admission.error().kind == catalog::Refusal::not_found
                       ? error_page(visit, admission.error())
                       : refused_page(library, *video, admission.error());
        }
    }
    const bool streams = is_stream(library, *video);
    const bool ready = streams || library.is_ready(*video);
    Data content(Data::type::object);
    put_place(library, *video, content);
    put_window(library, offering.window, content);
    if (streams && !offering.window.closes) {
        content["until"] = none(); // 「公開中」 beside a stream that has not begun
    }
    content["field"] = said(video->field);
    content["duration"] = said(library.duration(*video));
    content["intro"] = said(video->description);
    content["ready"] = Data(ready);
    content["growing"] = Data(!streams && library.is_growing(*video));
    content["live"] = streams ? told_live(library, *video) : none();
    content["chapters"] = chapters(*video);
    // A stream's come one by one.
    content["has_chapters"] = Data(streams || !video->chapters.empty());
    const bool has_captions = !library.catalog().captions.tracks_of(video->id).empty();
    content["transcript"] = none();
    if (has_captions && look != Look::preview) {
        content["transcript"] = Data("href", Data(address_of(*video) + "/transcript"));
    }
    const bool asks = look != Look::preview && visit.viewer.kind == catalog::Viewer::Kind::staff && !streams;
    content["asks"] = Data(asks);
    content["about_video"] = Data(video->id.text());
    content["questions"] = asks ? listed("list", told_questions(library, *video)) : none();
    const auto* next = next_of(library, *video);
    content["next"] = next == nullptr ? none() : library.told(*next);
    content["materials"] =
        listed("list", library.told(handouts_of(library, *video)));
    content["preview"] =
        look == Look::preview ? Data("/desk/videos/" + video->id.text()) : none();
    if (ready) {
        content["page_data"] = Data(page_data(visit, "watch", script_data(library, *video, look)));
    }
    const Frame frame{.name = "watch",
                      .title = video->title,
                      .style = "watch.css",
                      .script = ready ? "watch.js" : "",
                      .early = ready ? "early.js" : ""};
    return page(visit, http::Status::ok, frame, std::move(content));
}

} // namespace server::pages
