#include "server/pages/transcript_page.h"

#include "server/pages/error_page.h"
#include "server/pages/watch_page.h"

#include <algorithm>

namespace server::pages {

namespace {

/// The language that is shown: the one asked for, the site's, or the first; empty where there is none.
std::string language_of(const std::vector<catalog::CaptionTrack>& tracks, const std::string& asked,
                        const std::string& usual) {
    for (const auto& wanted : {asked, usual}) {
        if (std::ranges::find(tracks, wanted, &catalog::CaptionTrack::language) != tracks.end()) {
            return wanted;
        }
    }
    return tracks.empty() ? std::string() : tracks.front().language;
}

List lines_of(const catalog::Video& video, const catalog::CaptionTrack& track) {
    List lines;
    for (const auto& cue : track.cues) {
        const auto second = std::chrono::floor<std::chrono::seconds>(cue.start).count();
        Data line(Data::type::object);
        line["href"] = Data(address_of(video) + "?t=" + std::to_string(second));
        line["time"] = Data(clock_time(cue.start));
        line["words"] = Data(cue.text);
        lines.push_back(std::move(line));
    }
    return lines;
}

/// Links to the other languages; none where there is but one.
List languages(const catalog::Video& video, const std::vector<catalog::CaptionTrack>& tracks,
               const std::string& shown) {
    List links;
    for (const auto& track : tracks) {
        if (track.language != shown) {
            Data link(Data::type::object);
            link["href"] = Data(address_of(video) + "/transcript?language=" + track.language);
            link["label"] = Data(track.label);
            links.push_back(std::move(link));
        }
    }
    return links;
}

} // namespace

http::Reply transcript_page(const Library& library, const catalog::VideoId& id,
                            const std::string& language) {
    const auto& visit = library.visit();
    const auto* video = library.find(id);
    if (video == nullptr || !catalog::admit(library.offering(*video), visit.viewer, visit.now)) {
        return watch_page(library, id, Look::viewing);
    }
    const auto tracks = library.catalog().captions.tracks_of(id);
    const auto shown = language_of(tracks, language, visit.shown_language());
    const auto track = library.catalog().captions.find(id, shown);
    if (!track) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    Data content(Data::type::object);
    content["href"] = Data(address_of(*video));
    content["video"] = Data(video->title);
    content["speaker"] = said(video->speaker);
    content["track_language"] = Data(track->language);
    content["languages"] = listed("links", languages(*video, tracks, shown));
    content["lines"] = Data(lines_of(*video, *track));
    const auto title = visit.messages().text("transcript.of", {{"title", video->title}});
    return page(visit, http::Status::ok,
                {.name = "transcript", .title = title, .style = "watch.css"}, std::move(content));
}

} // namespace server::pages
