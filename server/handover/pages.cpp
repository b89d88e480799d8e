#include "server/handover/pages.h"

#include "catalog/clip.h"
#include "server/api/report_view.h"

#include <filesystem>

namespace server::handover {

using pages::listed;
using pages::none;
using pages::said;

namespace {

using catalog::time::UtcTime;

constexpr int at_top = 0;
constexpr int in_folder = 1;

pages::Data object() { return pages::Data(pages::Data::type::object); }

/// An entry of a list, with all its names: what is not set would be looked for further out.
pages::Data bare_entry(const std::string& title) {
    auto entry = object();
    entry["title"] = pages::Data(title);
    for (const char* name : {"href", "when", "number", "mark", "draft", "about"})
        entry[name] = none();
    return entry;
}

pages::Data programme_of(const catalog::Session& session) {
    pages::List items;
    for (const auto& item : session.items) {
        auto told = object();
        told["kind"] = said(item.kind_label);
        told["title"] = pages::Data(item.title);
        told["speaker"] = said(item.speaker);
        told["note"] = said(item.note);
        pages::List lines;
        for (const auto& line : item.sub_items)
            lines.emplace_back(line);
        told["sub_items"] = listed("lines", std::move(lines));
        items.push_back(std::move(told));
    }
    return listed("items", std::move(items));
}

pages::Data chapters_of(const catalog::Video& video) {
    pages::List list;
    for (const auto& chapter : video.chapters) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(chapter.at).count();
        auto told = object();
        told["at"] = pages::Data(std::to_string(seconds));
        told["time"] = pages::Data(pages::clock_time(chapter.at));
        told["title"] = pages::Data(chapter.title);
        list.push_back(std::move(told));
    }
    return listed("list", std::move(list));
}

} // namespace

Pages::Pages(const Contents& contents, const FileNames& names, const Folder& folder,
             const pages::Share& share, const Settings::Site& site, UtcTime now)
    : contents_(contents), names_(names), folder_(folder), share_(share), site_(site),
      messages_(share.messages(site.language)),
      zone_(catalog::time::Zone::named(site.zone).value()),
      // Seen from another year than any that is told, so that each is told with its year.
      words_(messages_, zone_, UtcTime{}), now_(now) {}

Pages::Data Pages::frame(const std::string& title, int depth) const {
    auto site = object();
    site["name"] = Data(site_.name);
    site["description"] = said(site_.description);
    site["organiser"] = said(site_.organiser);
    site["contact"] = said(site_.contact);
    auto page = object();
    page["language"] = Data(site_.language);
    page["root"] = Data(address("", depth));
    page["title"] = said(title);
    page["site"] = std::move(site);
    page["made"] = Data(messages_.text("export.made", {{"day", words_.day(zone_.to_local(now_).date)}}));
    page["playlist"] = none();
    return page;
}

std::string Pages::rendered(const std::string& name, const Data& page) const {
    return share_.templates().render(name, page, share_.texts(site_.language));
}

Pages::Data Pages::entry(const catalog::Session& session, int depth) const {
    auto entry = bare_entry(session.title);
    entry["href"] = Data(address(FileNames::page_of(session), depth));
    entry["when"] = Data(words_.session_date(session.when));
    entry["mark"] =
        Data(messages_.text("session.status_" + std::string(to_text(session.status))));
    return entry;
}

Pages::Data Pages::entry(const catalog::Video& video, int depth) const {
    auto entry = bare_entry(video.title);
    entry["href"] = Data(address(FileNames::page_of(video), depth));
    entry["number"] = video.number ? Data(std::to_string(*video.number)) : none();
    entry["draft"] = Data(!video.published);
    entry["mark"] = said(duration_of(video));
    entry["about"] = said(video.speaker);
    return entry;
}

Pages::Data Pages::entry(const catalog::Material& material, int depth) const {
    auto entry = bare_entry(material.title);
    const auto file = names_.file_of(material);
    entry["href"] = file.empty() ? none() : Data(address(file, depth));
    entry["draft"] = Data(!material.published);
    entry["about"] = file.empty() ? Data(messages_.text("material.no_file"))
                                  : Data(std::filesystem::path(file).filename().string());
    return entry;
}

template <class Things> Pages::List Pages::groups(const Things& things) const {
    List groups;
    const auto add = [&](const std::string& title, const catalog::Series* series) {
        List list;
        for (const auto& thing : things)
            if (contents_.series_of(thing) == series)
                list.push_back(entry(thing, at_top));
        if (list.empty())
            return;
        auto group = object();
        group["title"] = Data(title);
        group["list"] = Data(std::move(list));
        groups.push_back(std::move(group));
    };
    for (const auto& series : contents_.series)
        add(series.title, &series);
    add(messages_.text("export.other_series"), nullptr);
    return groups;
}

Pages::List Pages::links_of(const catalog::Notice& notice) const {
    List links;
    const auto add = [&links](const std::string& title, const std::string& place) {
        auto link = object();
        link["title"] = Data(title);
        link["href"] = Data(address(place, at_top));
        links.push_back(std::move(link));
    };
    for (const auto& id : notice.links) {
        if (const auto* session = contents_.find(catalog::SessionId(id)))
            add(session->title, FileNames::page_of(*session));
        else if (const auto* video = contents_.find(catalog::VideoId(id)))
            add(video->title, FileNames::page_of(*video));
        else if (const auto* material = contents_.find(catalog::MaterialId(id));
                 material && !material->file.empty())
            add(material->title, names_.file_of(*material));
    }
    return links;
}

Pages::List Pages::notices() const {
    List list;
    for (const auto& notice : contents_.notices) {
        auto told = object();
        told["date"] = Data(catalog::time::format_date(notice.date));
        told["day"] = Data(words_.day(notice.date));
        told["title"] = Data(notice.title);
        told["body"] = said(notice.body);
        told["links"] = listed("list", links_of(notice));
        list.push_back(std::move(told));
    }
    return list;
}

std::string Pages::title_of(const catalog::store::WatchReport& report) const {
    return words_.fiscal_year(std::chrono::year(report.year)) + " " + messages_.text("report.title");
}

Pages::List Pages::reports() const {
    List list;
    for (const auto& report : contents_.reports) {
        auto told = object();
        told["title"] = Data(title_of(report));
        told["href"] = Data(FileNames::page_of(report));
        told["table"] = Data(FileNames::table_of(report));
        list.push_back(std::move(told));
    }
    return list;
}

std::string Pages::page_of(const catalog::store::WatchReport& report) const {
    const auto table = api::report_table(report);
    const auto cells = [](const catalog::text::CsvRow& row) {
        List list;
        for (const auto& cell : row)
            list.emplace_back(cell);
        return list;
    };
    auto page = frame(title_of(report), in_folder);
    page["heads"] = Data(cells(table.heads));
    List rows;
    for (const auto& row : table.rows) {
        auto told = object();
        told["code"] = Data(row[0]);
        told["name"] = Data(row[1]);
        told["cells"] = Data(cells({row.begin() + 2, row.end()}));
        rows.push_back(std::move(told));
    }
    page["rows"] = Data(std::move(rows));
    List definitions;
    for (const auto& [what, how] : table.definitions) {
        auto told = object();
        told["what"] = Data(what);
        told["how"] = Data(how);
        definitions.push_back(std::move(told));
    }
    page["definitions"] = Data(std::move(definitions));
    page["table"] = Data(address(FileNames::table_of(report), in_folder));
    return rendered("export_report", page);
}

std::string Pages::index() const {
    auto page = frame("", at_top);
    page["sessions"] = listed("groups", groups(contents_.sessions));
    page["videos"] = listed("groups", groups(contents_.videos));
    page["notices"] = listed("list", notices());
    page["reports"] = listed("list", reports());
    return rendered("export_index", page);
}

template <class Id> Pages::List Pages::materials_of(const Id& owner, int depth) const {
    List list;
    for (const auto& material : contents_.materials) {
        bool belongs = false;
        if constexpr (std::is_same_v<Id, catalog::SessionId>)
            belongs = material.session == owner;
        else
            belongs = material.video == owner;
        if (belongs)
            list.push_back(entry(material, depth));
    }
    return list;
}

std::string Pages::page_of(const catalog::Session& session) const {
    auto page = frame(session.title, in_folder);
    const auto* series = contents_.series_of(session);
    page["series"] = series ? Data(series->title) : none();
    page["status"] = Data(messages_.text("session.status_" + std::string(to_text(session.status))));
    page["cancelled"] = Data(session.status == catalog::SessionStatus::cancelled);
    page["cancel_reason"] = session.cancel_reason.empty()
                                ? none()
                                : Data(messages_.text("session.cancelled_because",
                                                      {{"reason", session.cancel_reason}}));
    List replacements;
    for (const auto& id : session.replaced_by)
        if (const auto* other = contents_.find(id))
            replacements.push_back(entry(*other, in_folder));
    page["replaced_by"] = listed("list", std::move(replacements));
    page["intro"] = said(session.description);
    page["when"] = Data(words_.session_date(session.when));
    page["reception"] =
        session.when.reception
            ? Data(messages_.text("session.reception",
                                  {{"time", words_.time_of_day(*session.when.reception)}}))
            : none();
    page["venue"] = said(session.venue);
    page["venue_address"] = said(session.venue_address);
    List videos;
    for (const auto& video : contents_.videos)
        if (video.session == session.id)
            videos.push_back(entry(video, in_folder));
    page["videos"] = listed("list", std::move(videos));
    page["materials"] = listed("list", materials_of(session.id, in_folder));
    page["programme"] = programme_of(session);
    return rendered("export_session", page);
}

std::string Pages::window_words(const catalog::AvailabilityWindow& window) const {
    if (window.opens && window.closes)
        return messages_.text("export.window", {{"from", words_.start(*window.opens)},
                                                {"until", words_.end(*window.closes)}});
    if (window.closes)
        return messages_.text("window.until", {{"time", words_.end(*window.closes)}});
    return window.opens ? messages_.text("window.from", {{"time", words_.start(*window.opens)}})
                        : messages_.text("window.always");
}

std::string Pages::duration_of(const catalog::Video& video) const {
    const auto* recording = contents_.recording_of(video);
    const auto length = catalog::Clip(video).length(recording ? recording->duration : std::nullopt);
    return length ? words_.duration(*length) : "";
}

void Pages::put_player(const catalog::Video& video, Data& page) const {
    const auto* recording = contents_.recording_of(video);
    page["absent"] = Data(messages_.text(recording ? "export.not_finished" : "export.no_recording"));
    page["poster"] = none();
    page["source"] = none();
    List captions;
    for (const auto& track : contents_.captions.at(video.id)) {
        auto told = object();
        told["href"] = Data(address(FileNames::file_of(track), in_folder));
        told["language"] = Data(track.language);
        told["title"] = Data(track.label);
        captions.push_back(std::move(told));
    }
    page["captions"] = listed("list", std::move(captions));
    if (!contents_.plays(video))
        return;
    page["playlist"] = Data(address(FileNames::playlist_of(video), in_folder));
    const auto home = FileNames::folder_of(*recording);
    // Beside a clip nothing leads to what it does not show.
    if (!catalog::Clip(video).is_whole())
        return;
    if (const auto poster = home + "/stills/poster.jpg"; folder_.holds(poster))
        page["poster"] = Data(address(poster, in_folder));
    if (const auto source = home + "/" + recording->source; folder_.holds(source)) {
        auto link = object();
        link["href"] = Data(address(source, in_folder));
        link["title"] = Data(recording->file_name);
        page["source"] = std::move(link);
    }
}

std::string Pages::page_of(const catalog::Video& video) const {
    auto page = frame(video.title, in_folder);
    const auto* series = contents_.series_of(video);
    const auto* session = contents_.find(video.session);
    const auto offering = contents_.offering(video);
    page["series"] = series ? Data(series->title) : none();
    page["session"] = session ? entry(*session, in_folder) : none();
    page["draft"] = Data(!video.published);
    put_player(video, page);
    page["intro"] = said(video.description);
    page["speaker"] = said(video.speaker);
    page["field"] = said(video.field);
    page["duration"] = said(duration_of(video));
    page["window"] = Data(window_words(offering.window));
    page["audience"] =
        Data(messages_.text("audience." + std::string(to_text(offering.audience))));
    page["chapters"] = chapters_of(video);
    page["materials"] = listed("list", materials_of(video.id, in_folder));
    return rendered("export_video", page);
}

} // namespace server::handover
