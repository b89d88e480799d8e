#include "server/pages/schedule.h"

#include "server/pages/error_page.h"
#include "server/pages/live_entry.h"
#include "server/pages/session_page.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace server::pages {

namespace {

Data schedule_row(const Library& library, const catalog::Session& session) {
    Data row = library.link_to(session);
    put_status(library, session, row);
    List recordings;
    for (const auto& video : library.videos()) {
        const bool record = video.session == session.id &&
                            video.kind != catalog::Video::Kind::lecture && is_recorded(library, video);
        if (record && library.offering(video).window.admits(library.visit().now) && video.published) {
            recordings.push_back(library.told(video));
        }
    }
    row["recordings"] = listed("videos", std::move(recordings));
    return row;
}

/// Those of a day, or of none in the year that runs.
bool is_of(const Library& library, const catalog::Session& session, std::chrono::year year) {
    const auto& day = session.when.first_day;
    return day ? catalog::time::fiscal_year_of(*day) == year : year == current_year(library);
}

Data schedule(const Library& library, std::chrono::year year) {
    List all;
    for (const auto& series : library.series()) {
        List rows;
        for (const auto& session : library.sessions()) {
            if (session.series == series.id && is_of(library, session, year)) {
                rows.push_back(schedule_row(library, session));
            }
        }
        if (rows.empty()) {
            continue;
        }
        Data data = listed("sessions", std::move(rows));
        data["id"] = Data(series.id.text());
        data["title"] = Data(series.title);
        all.push_back(std::move(data));
    }
    Data data = listed("series", std::move(all));
    if (data.is_object()) {
        data["year"] = Data(library.words().fiscal_year(year));
    }
    return data;
}

/// The year in which a lecture opened; nothing where it is open from the beginning.
std::optional<std::chrono::year> year_of(const Library& library, const catalog::Video& video) {
    const auto opens = library.offering(video).window.opens;
    return opens ? std::optional(catalog::time::fiscal_year_of(library.visit().zone.to_local(*opens).date))
                 : std::nullopt;
}

List lectures(const Library& library, std::chrono::year year) {
    List list;
    for (const auto& video : library.videos()) {
        if (video.kind == catalog::Video::Kind::lecture && library.offering(video).published &&
            year_of(library, video) == year) {
            list.push_back(library.told(video));
        }
    }
    return list;
}

/// Years that have sessions or lectures, the newest first.
std::set<int, std::greater<>> years(const Library& library) {
    std::set<int, std::greater<>> years{static_cast<int>(current_year(library))};
    for (const auto& session : library.sessions()) {
        if (session.when.first_day) {
            years.insert(static_cast<int>(catalog::time::fiscal_year_of(*session.when.first_day)));
        }
    }
    for (const auto& video : library.videos()) {
        const bool is_shown = video.kind == catalog::Video::Kind::lecture && library.offering(video).published;
        if (const auto year = is_shown ? year_of(library, video) : std::nullopt) {
            years.insert(static_cast<int>(*year));
        }
    }
    return years;
}

} // namespace

std::chrono::year current_year(const Library& library) {
    return catalog::time::fiscal_year_of(library.words().today());
}

void put_schedule(const Library& library, std::chrono::year year, Data& content) {
    List links;
    for (const int each : years(library)) {
        Data link(Data::type::object);
        link["href"] = Data("/years/" + std::to_string(each));
        link["year"] = Data(library.words().fiscal_year(std::chrono::year(each)));
        link["here"] = Data(each == static_cast<int>(year));
        links.push_back(std::move(link));
    }
    content["schedule"] = schedule(library, year);
    content["other_years"] = links.size() < 2 ? none() : listed("years", std::move(links));
}

http::Reply year_page(const Library& library, std::string_view year) {
    int number = 0;
    const auto [end, error] = std::from_chars(year.data(), year.data() + year.size(), number);
    const bool is_year = error == std::errc() && end == year.data() + year.size();
    if (!is_year || !years(library).contains(number)) {
        return error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""));
    }
    const std::chrono::year chosen(number);
    Data content(Data::type::object);
    put_schedule(library, chosen, content);
    content["lectures"] = listed("videos", lectures(library, chosen));
    const auto title = library.words().fiscal_year(chosen);
    return page(library.visit(), http::Status::ok, {.name = "year", .title = title}, std::move(content));
}

} // namespace server::pages
