#include "catalog/import_file/context.h"

namespace catalog::import_file {

namespace {

std::optional<Cue> read_cue(const Field& field) {
    if (!field.expect_object()) {
        return std::nullopt;
    }
    const auto start = field["start"].seconds();
    const auto end = field["end"].seconds();
    std::string text = field["text"].needed_text();
    for (const auto* key : {"start", "end"}) {
        if (!field[key].present()) {
            field[key].mistake("this is missing");
        }
    }
    if (!start || !end) {
        return std::nullopt;
    }
    if (*end <= *start) {
        field["end"].mistake("this ends before it starts");
    }
    return Cue{*start, *end, std::move(text)};
}

CaptionTrack read_track(const Field& field, const Context& context, std::set<std::string>& seen) {
    CaptionTrack track;
    const Field media = field.either("mediaId", "videoId");
    track.video = VideoId(media.needed_id());
    if (!track.video.empty() && !context.videos.contains(track.video.text())) {
        media.mistake("there is no lecture or recording \"" + track.video.text() + "\"");
    }
    track.language = field["lang"].text().value_or("ja");
    track.label = field["label"].text().value_or(track.language);
    // A language stands in addresses, as ids do.
    if (!is_valid_id(track.language)) {
        field["lang"].mistake("\"" + track.language + "\" is no language");
    }
    if (!seen.insert(track.video.text() + ' ' + track.language).second) {
        field.mistake("captions of \"" + track.video.text() +
                      "\" in this language stand here a second time");
    }
    for (const Field& cue_field : field["cues"].elements()) {
        if (auto cue = read_cue(cue_field)) {
            track.cues.push_back(std::move(*cue));
        }
    }
    return track;
}

} // namespace

std::vector<CaptionTrack> read_captions(const Context& context) {
    std::vector<CaptionTrack> all;
    std::set<std::string> seen;
    for (const Field& field : context.file["captions"].elements()) {
        if (field.expect_object()) {
            all.push_back(read_track(field, context, seen));
        }
    }
    return all;
}

} // namespace catalog::import_file
