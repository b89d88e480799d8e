#include "server/handover/catalog_json.h"

#include "server/api/report_view.h"

#include <nlohmann/json.hpp>

namespace server::handover {
namespace {

using nlohmann::json;
using catalog::time::format_rfc3339;
using catalog::time::UtcTime;

json or_null(const std::string& text) { return text.empty() ? json() : json(text); }
json or_null(const std::optional<UtcTime>& at) { return at ? json(format_rfc3339(*at)) : json(); }
json or_null(const std::optional<catalog::time::Date>& day) {
    return day ? json(catalog::time::format_date(*day)) : json();
}
json or_null(const std::optional<int>& number) { return number ? json(*number) : json(); }

json seconds(std::chrono::milliseconds length) {
    return std::chrono::duration<double>(length).count();
}

json as_json(const catalog::AvailabilityWindow& window) {
    return {{"opens_at", or_null(window.opens)}, {"closes_at", or_null(window.closes)}};
}

json as_json(const catalog::Series& series) {
    return {{"id", series.id.text()},
            {"title", series.title},
            {"audience", to_text(series.audience)},
            {"window", as_json(series.window)},
            {"planned_count", or_null(series.planned_count)}};
}

json as_json(const catalog::SessionDate& when) {
    return {{"precision", to_text(when.precision)}, {"first_day", or_null(when.first_day)},
            {"last_day", or_null(when.last_day)},   {"reception_at", or_null(when.reception)},
            {"starts_at", or_null(when.start)},     {"ends_at", or_null(when.end)},
            {"label", or_null(when.label)}};
}

json as_json(const catalog::ProgrammeItem& item) {
    return {{"id", or_null(item.id.text())}, {"kind", item.kind},       {"kind_label", item.kind_label},
            {"title", item.title},           {"speaker", item.speaker}, {"note", item.note},
            {"sub_items", item.sub_items}};
}

json as_json(const catalog::Session& session) {
    auto items = json::array();
    for (const auto& item : session.items)
        items.push_back(as_json(item));
    auto replacements = json::array();
    for (const auto& id : session.replaced_by)
        replacements.push_back(id.text());
    return {{"id", session.id.text()},
            {"series", or_null(session.series.text())},
            {"kind", session.kind},
            {"number", or_null(session.number)},
            {"title", session.title},
            {"description", session.description},
            {"status", to_text(session.status)},
            {"when", as_json(session.when)},
            {"venue", session.venue},
            {"venue_address", session.venue_address},
            {"participation", session.participation},
            {"programme", std::move(items)},
            {"replaced_by", std::move(replacements)},
            {"cancel_reason", session.cancel_reason},
            {"page", FileNames::page_of(session)}};
}

json chapters_of(const catalog::Video& video) {
    auto chapters = json::array();
    for (const auto& chapter : video.chapters)
        chapters.push_back({{"at_s", seconds(chapter.at)}, {"title", chapter.title}, {"item", or_null(chapter.item.text())}});
    return chapters;
}

json captions_of(const Contents& contents, const catalog::Video& video) {
    auto captions = json::array();
    for (const auto& track : contents.captions.at(video.id))
        captions.push_back({{"language", track.language},
                            {"label", track.label},
                            {"file", FileNames::file_of(track)}});
    return captions;
}

json live_of(const catalog::Video& video) {
    if (!video.live)
        return {};
    return {{"lobby_opens_at", or_null(video.live->lobby_opens)},
            {"starts_at", or_null(video.live->start)},
            {"ends_at", or_null(video.live->end)},
            {"label", or_null(video.live->label)}};
}

json cuts_of(const catalog::Video& video) {
    auto cuts = json::array();
    for (const auto& cut : video.cuts)
        cuts.push_back({{"begin_s", seconds(cut.begin)}, {"end_s", seconds(cut.end)}});
    return cuts;
}

json span_of(const catalog::Video& video) {
    if (!video.span)
        return {};
    return {{"begin_s", seconds(video.span->begin)}, {"end_s", seconds(video.span->end)}};
}

json as_json(const Contents& contents, const catalog::Video& video) {
    const auto offering = contents.offering(video);
    return {{"id", video.id.text()},
            {"kind", to_text(video.kind)},
            {"series", or_null(video.series.text())},
            {"session", or_null(video.session.text())},
            {"number", or_null(video.number)},
            {"title", video.title},
            {"speaker", video.speaker},
            {"field", video.field},
            {"description", video.description},
            {"published", video.published},
            {"audience", to_text(offering.audience)},
            {"window", as_json(offering.window)},
            {"recording", video.recording ? json(video.recording->text()) : json()},
            {"span", span_of(video)},
            {"download", video.may_be_downloaded},
            {"cuts", cuts_of(video)},
            {"chapters", chapters_of(video)},
            {"captions", captions_of(contents, video)},
            {"live", live_of(video)},
            {"page", FileNames::page_of(video)},
            {"playlist", contents.plays(video) ? json(FileNames::playlist_of(video)) : json()}};
}

json as_json(const catalog::Recording& recording) {
    const bool goes = recording.state == catalog::Recording::State::ready;
    return {{"id", recording.id.text()},
            {"file_name", recording.file_name},
            {"state", to_text(recording.state)},
            {"duration_s", recording.duration ? seconds(*recording.duration) : json()},
            {"received_at", format_rfc3339(recording.received)},
            {"folder", goes ? json(FileNames::folder_of(recording)) : json()}};
}

/// What stands on each of its pages; their pictures are in its file.
json page_texts(const Contents& contents, const catalog::Material& material) {
    auto texts = json::array();
    if (const auto found = contents.pages.find(material.id); found != contents.pages.end())
        for (const auto& page : found->second)
            texts.push_back(page.text);
    return texts;
}

json as_json(const Contents& contents, const FileNames& names, const catalog::Material& material) {
    const auto offering = contents.offering(material);
    return {{"id", material.id.text()},
            {"session", or_null(material.session.text())},
            {"video", or_null(material.video.text())},
            {"item", or_null(material.item.text())},
            {"title", material.title},
            {"format", material.format},
            {"published_on", or_null(material.published_on)},
            {"published", material.published},
            {"audience", to_text(offering.audience)},
            {"window", as_json(offering.window)},
            {"file", or_null(names.file_of(material))},
            {"page_texts", page_texts(contents, material)}};
}

json as_json(const catalog::Notice& notice) {
    return {{"id", notice.id.text()},
            {"date", catalog::time::format_date(notice.date)},
            {"title", notice.title},
            {"body", notice.body},
            {"links", notice.links}};
}

/// With the definitions and figures that stand beside them on the desk's page.
json as_json(const catalog::store::WatchReport& report) {
    return {{"page", FileNames::page_of(report)}, {"table", FileNames::table_of(report)}, {"report", api::report_json(report)}};
}

template <class Things, class Tell> json all_of(const Things& things, Tell tell) {
    auto list = json::array();
    for (const auto& thing : things)
        list.push_back(tell(thing));
    return list;
}

} // namespace

std::string catalog_json(const Contents& contents, const FileNames& names,
                         const Settings::Site& site, UtcTime now) {
    const auto alone = [](const auto& thing) { return as_json(thing); };
    const auto video = [&](const auto& thing) { return as_json(contents, thing); };
    const auto material = [&](const auto& thing) { return as_json(contents, names, thing); };
    const json whole{{"format", "kiroku-export/1"},
                     {"made_at", format_rfc3339(now)},
                     {"site",
                      {{"name", site.name},
                       {"organiser", site.organiser},
                       {"contact", site.contact},
                       {"description", site.description},
                       {"zone", site.zone}}},
                     {"series", all_of(contents.series, alone)},
                     {"sessions", all_of(contents.sessions, alone)},
                     {"videos", all_of(contents.videos, video)},
                     {"recordings", all_of(contents.recordings, alone)},
                     {"materials", all_of(contents.materials, material)},
                     {"notices", all_of(contents.notices, alone)},
                     {"reports", all_of(contents.reports, alone)}};
    return whole.dump(1) + "\n";
}

} // namespace server::handover
