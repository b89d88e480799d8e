#include "server/pages/home_page.h"

#include "server/pages/live_entry.h"
#include "server/pages/progress.h"
#include "server/pages/schedule.h"

#include <algorithm>
#include <tuple>

namespace server::pages {

namespace {

constexpr std::size_t most_next = 3;
constexpr std::size_t most_recent_notices = 5;
/// From here on a deadline is near enough to be marked.
constexpr int soon_days = 14;

using State = catalog::AvailabilityWindow::State;

/// The last day on which a session may be, as far as is known.
std::optional<Date> last_day(const catalog::SessionDate& when) {
    return when.last_day ? when.last_day : when.first_day;
}

/// Whether a session is still to come, or is just being held.
bool is_ahead(const catalog::Session& session, const Visit& visit, Date today) {
    using Status = catalog::SessionStatus;
    if (session.status == Status::cancelled || session.status == Status::held) {
        return false;
    }
    if (session.when.end) {
        return *session.when.end > visit.now;
    }
    const auto last = last_day(session.when);
    return !last || *last >= today;
}

List next_sessions(const Library& library) {
    std::vector<const catalog::Session*> ahead;
    for (const auto& session : library.sessions()) {
        if (is_ahead(session, library.visit(), library.words().today())) {
            ahead.push_back(&session);
        }
    }
    // The store gives them by first day; to the minute is settled here.
    std::ranges::stable_sort(ahead, {}, [](const catalog::Session* session) {
        const auto& when = session->when;
        const Date unknown = std::chrono::year::max() / 12 / 31;
        return std::tuple(std::chrono::sys_days(when.first_day.value_or(unknown)),
                          when.start.value_or(UtcTime::max()));
    });
    List list;
    for (const auto* session : ahead | std::views::take(most_next)) {
        Data item = library.link_to(*session);
        item["when"] = Data(library.words().session_date(session->when));
        item["countdown"] = said(library.words().countdown(session->when));
        item["venue"] = said(session->venue);
        list.push_back(std::move(item));
    }
    return list;
}

/// Streams that run, or that people are let in to.
List streams(const Library& library) {
    List list;
    for (const auto& video : library.videos()) {
        const bool is_shown = video.published && video.live && is_stream(library, video) &&
                              library.offering(video).window.admits(library.visit().now);
        if (is_shown && live_state(library, video) != catalog::ShownState::before) {
            list.push_back(link_to_live(library, video));
        }
    }
    return list;
}

struct Lecture {
    const catalog::Video* video;
    catalog::AvailabilityWindow window;
    State state;
    bool is_watched;  ///< by who looks
};

/// Published lectures: open ones by the instant at which they close, those that who looks has watched
/// behind the others; then those to come, then the rest.
std::vector<Lecture> lectures(const Library& library, const Progress& progress) {
    std::vector<Lecture> found;
    for (const auto& video : library.videos()) {
        const auto offering = library.offering(video);
        if (video.kind == catalog::Video::Kind::lecture && offering.published) {
            found.push_back({&video, offering.window, offering.window.at(library.visit().now),
                             progress.has_watched(video)});
        }
    }
    const auto order = [](const Lecture& lecture) {
        const int rank = lecture.state == State::open       ? (lecture.is_watched ? 1 : 0)
                         : lecture.state == State::upcoming ? 2
                                                            : 3;
        const auto& edge = rank == 2 ? lecture.window.opens : lecture.window.closes;
        return std::tuple(rank, edge.value_or(UtcTime::max()), lecture.video->number.value_or(0));
    };
    std::ranges::stable_sort(found, {}, order);
    return found;
}

Data lecture_item(const Library& library, const Lecture& lecture) {
    Data item = library.told(*lecture.video);
    const bool ends = lecture.state == State::open && lecture.window.closes;
    const int days = ends ? library.words().days_left(*lecture.window.closes) : 0;
    item["upcoming"] = Data(lecture.state == State::upcoming);
    item["soon"] = Data(ends && days <= soon_days);
    item["days_left"] = ends && days > 0 ? Data(std::to_string(days)) : none();
    item["days_words"] = ends && days == 0 ? Data(library.words().left(*lecture.window.closes))
                         : lecture.state == State::upcoming
                             ? Data(library.visit().messages().text("home.upcoming"))
                             : none();
    return item;
}

void put_lectures(const Library& library, Data& content) {
    List current;
    List closed;
    bool some_need_sign_in = false;
    const Progress progress(library);
    for (const auto& lecture : lectures(library, progress)) {
        Data item = lecture_item(library, lecture);
        item["progress"] = lecture.state == State::open ? progress.told(*lecture.video) : none();
        item["is_watched"] = Data(lecture.is_watched);
        if (library.needs_sign_in(*lecture.video)) {
            // Said once above the list instead of beside each.
            item["note"] = none();
            some_need_sign_in = true;
        }
        (lecture.state == State::closed ? closed : current).push_back(std::move(item));
    }
    content["lectures_hint"] = Data(library.visit().messages().text(
        progress.is_known() ? "home.lectures_hint_unwatched" : "home.lectures_hint"));
    content["lectures_need_sign_in"] = Data(some_need_sign_in && !current.empty());
    content["closed_lectures"] = none();
    if (!closed.empty()) {
        const auto count = std::to_string(closed.size());
        Data more = listed("videos", std::move(closed));
        more["summary"] =
            Data(library.visit().messages().text("home.closed_lectures", {{"count", count}}));
        content["closed_lectures"] = std::move(more);
    }
    content["lectures"] = listed("videos", std::move(current));
}

Data notice_item(const Library& library, const catalog::Notice& notice) {
    const auto& visit = library.visit();
    Data item(Data::type::object);
    item["day"] = Data(catalog::time::format_date(notice.date));
    item["date"] = Data(library.words().day(notice.date));
    item["is_new"] = Data(catalog::is_new(notice, visit.now, visit.zone));
    item["title"] = Data(notice.title);
    item["body"] = said(notice.body);
    List targets;
    for (const auto& id : notice.links) {
        if (auto link = library.link_to(id)) {
            targets.push_back(std::move(*link));
        }
    }
    item["links"] = listed("targets", std::move(targets));
    return item;
}

Data notices(const Library& library) {
    List recent;
    List older;
    for (const auto& notice : library.catalog().notices.all()) {
        // What is dated ahead is not news yet.
        if (notice.date > library.words().today()) {
            continue;
        }
        (recent.size() < most_recent_notices ? recent : older)
            .push_back(notice_item(library, notice));
    }
    Data data = listed("recent", std::move(recent));
    if (data.is_object()) {
        data["older"] = listed("notices", std::move(older));
    }
    return data;
}

} // namespace

http::Reply home_page(const Library& library) {
    Data content(Data::type::object);
    content["streams"] = listed("videos", streams(library));
    content["next"] = listed("sessions", next_sessions(library));
    put_lectures(library, content);
    content["notices"] = notices(library);
    put_schedule(library, current_year(library), content);
    return page(library.visit(), http::Status::ok, {.name = "home", .title = ""}, std::move(content));
}

} // namespace server::pages
