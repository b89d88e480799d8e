#include "catalog/store/clip_store.h"

#include "catalog/store/caption_store.h"
#include "catalog/store/connection.h"
#include "catalog/store/video_store.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace catalog::store {

namespace {

using std::chrono::milliseconds;

struct Place {
    std::string of;  ///< an account's or a question's id
    milliseconds at;
};

Place read_place(Query& row) {
    return {.of = row.take<std::string>(), .at = row.take<milliseconds>()};
}

Chapter read_chapter(Query& row) {
    return {.at = row.take<milliseconds>(), .title = row.take<std::string>()};
}

Cue read_cue(Query& row) {
    return {
        .start = row.take<milliseconds>(),
        .end = row.take<milliseconds>(),
        .text = row.take<std::string>(),
    };
}

Video found(Connection& connection, const VideoId& id) {
    auto video = VideoStore(connection).find(id);
    if (!video) {
        throw std::runtime_error("no video " + id.text() + " to show a part of a recording");
    }
    return std::move(*video);
}

void move_chapters(Connection& connection, Video& video, const Clip& before, const Clip& after) {
    auto all = read_all(
        connection.query("SELECT at_ms, title FROM hidden_chapter WHERE video = ?", video.id),
        read_chapter);
    for (const Chapter& chapter : video.chapters) {
        all.push_back({before.recorded(chapter.at), chapter.title});
    }
    std::ranges::stable_sort(all, {}, &Chapter::at);
    connection.run("DELETE FROM hidden_chapter WHERE video = ?", video.id);
    video.chapters.clear();
    for (const Chapter& chapter : all) {
        if (const auto at = after.shown(chapter.at)) {
            video.chapters.push_back({*at, chapter.title});
        } else {
            connection.run("INSERT INTO hidden_chapter (video, at_ms, title) VALUES (?, ?, ?)",
                           video.id, chapter.at, chapter.title);
        }
    }
}

/// What of `cue` lies in the pieces of a clip, and what does not, in the recording's time.
struct Divided {
    std::vector<Cue> shown;
    std::vector<Cue> hidden;
};

Divided divided(const Cue& cue, const Clip& clip) {
    Divided parts;
    Cue rest = cue;
    for (const Span& piece : clip.pieces()) {
        if (rest.end <= piece.begin || rest.start >= rest.end) {
            break;
        }
        if (rest.start >= piece.end) {
            continue;
        }
        if (rest.start < piece.begin) {
            parts.hidden.push_back({rest.start, piece.begin, rest.text});
            rest.start = piece.begin;
        }
        const auto end = std::min(rest.end, piece.end);
        parts.shown.push_back({rest.start, end, rest.text});
        rest.start = end;
    }
    if (rest.start < rest.end) {
        parts.hidden.push_back(rest);
    }
    return parts;
}

/// Parts that meet and say the same are one again. In their order.
std::vector<Cue> joined(std::vector<Cue> parts) {
    std::ranges::stable_sort(parts, {}, &Cue::start);
    std::vector<Cue> all;
    for (Cue& part : parts) {
        const auto meets = [&part](const Cue& cue) {
            return cue.end == part.start && cue.text == part.text;
        };
        // Cues may overlap: the one that it goes on is among the last few.
        const auto from = all.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(all.size(), 8));
        const auto one = std::find_if(from, all.end(), meets);
        if (one == all.end()) {
            all.push_back(std::move(part));
        } else {
            one->end = part.end;
        }
    }
    return all;
}

void move_cues(Connection& connection, CaptionTrack track, const Clip& before, const Clip& after) {
    auto all = read_all(connection.query("SELECT start_ms, end_ms, text FROM hidden_cue "
                                         "WHERE video = ? AND language = ?",
                                         track.video, track.language),
                        read_cue);
    for (const Cue& cue : track.cues) {
        for (const Span& part : before.recorded(Span{cue.start, cue.end})) {
            all.push_back({part.begin, part.end, cue.text});
        }
    }
    connection.run("DELETE FROM hidden_cue WHERE video = ? AND language = ?", track.video,
                   track.language);
    std::vector<Cue> shown;
    for (const Cue& cue : joined(std::move(all))) {
        const auto parts = divided(cue, after);
        for (const Cue& part : parts.shown) {
            const auto start = after.nearest(part.start);
            shown.push_back({start, start + (part.end - part.start), part.text});
        }
        for (const Cue& part : parts.hidden) {
            connection.run("INSERT INTO hidden_cue (video, language, start_ms, end_ms, text) "
                           "VALUES (?, ?, ?, ?, ?)",
                           track.video, track.language, part.start, part.end, part.text);
        }
    }
    // What was cut in two and now meets is said once.
    track.cues = joined(std::move(shown));
    CaptionStore(connection).put(track);
}

void move_places(Connection& connection, const VideoId& video, const Clip& before,
                 const Clip& after) {
    const auto places = read_all(
        connection.query("SELECT account, at_ms FROM watch_place WHERE video = ?", video),
        read_place);
    for (const auto& [account, at] : places) {
        const auto moved = after.nearest(before.recorded(at));
        if (moved > milliseconds(0)) {
            connection.run("UPDATE watch_place SET at_ms = ? WHERE account = ? AND video = ?",
                           moved, account, video);
        } else {
            connection.run("DELETE FROM watch_place WHERE account = ? AND video = ?", account,
                           video);
        }
    }
    const auto questions = read_all(connection.query("SELECT id, at_ms FROM question "
                                                     "WHERE video = ? AND at_ms IS NOT NULL",
                                                     video),
                                    read_place);
    for (const auto& [question, at] : questions) {
        connection.run("UPDATE question SET at_ms = ? WHERE id = ?",
                       after.nearest(before.recorded(at)), question);
    }
}

} // namespace

void ClipStore::set(const VideoId& id, const ClipWish& wish) {
    in_transaction(connection_, [&] {
        auto video = found(connection_, id);
        const Clip before(video);
        const Clip after(wish.span, wish.cuts);
        video.span = wish.span;
        video.cuts = wish.cuts;
        move_chapters(connection_, video, before, after);
        VideoStore(connection_).put(video);
        CaptionStore captions(connection_);
        for (const CaptionTrack& track : captions.tracks_of(id)) {
            if (auto whole = captions.find(id, track.language)) {
                move_cues(connection_, std::move(*whole), before, after);
            }
        }
        move_places(connection_, id, before, after);
    });
}

void ClipStore::copy(const VideoId& id, const VideoId& to, const std::string& title) {
    in_transaction(connection_, [&] {
        auto video = found(connection_, id);
        video.id = to;
        video.title = title;
        video.number.reset();
        video.published = false;
        video.live.reset();
        if (video.kind == Video::Kind::live) {
            video.kind = Video::Kind::record;
        }
        VideoStore(connection_).put(video);
        CaptionStore captions(connection_);
        for (const CaptionTrack& track : captions.tracks_of(id)) {
            if (auto whole = captions.find(id, track.language)) {
                whole->video = to;
                captions.put(*whole);
            }
        }
        connection_.run("INSERT INTO hidden_chapter (video, at_ms, title) "
                        "SELECT ?, at_ms, title FROM hidden_chapter WHERE video = ?",
                        to, id);
        connection_.run("INSERT INTO hidden_cue (video, language, start_ms, end_ms, text) "
                        "SELECT ?, language, start_ms, end_ms, text FROM hidden_cue "
                        "WHERE video = ?",
                        to, id);
    });
}

} // namespace catalog::store
