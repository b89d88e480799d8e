#include "catalog/media/cut.h"

#include <algorithm>

namespace catalog::media {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

/// An open end is later than any instant, also counted in microseconds.
bool is_before(microseconds at, milliseconds end) { return end == Clip::open_end || at < end; }

bool holds_some_of(const Clip& clip, microseconds begins, microseconds ends) {
    return std::ranges::any_of(clip.pieces(), [&](const Span& piece) {
        return is_before(begins, piece.end) && ends > piece.begin;
    });
}

void add(Cut& cut, std::size_t at, microseconds begins, microseconds ends) {
    if (!cut.runs.empty() && cut.runs.back().last == at) {
        cut.runs.back().last = at + 1;
        cut.runs.back().end = ends;
        return;
    }
    microseconds shown{0};
    if (!cut.runs.empty()) {
        const auto& before = cut.runs.back();
        shown = before.shown + (before.end - before.begin);
    }
    cut.runs.push_back({at, at + 1, begins, ends, shown});
}

/// The init section that the segment at `at` needs.
ByteRange init_of(const MediaPlaylist& whole, std::size_t at) {
    ByteRange init = whole.init;
    for (std::size_t before = 0; before <= at && before < whole.segments.size(); ++before) {
        init = whole.segments[before].head.init.value_or(init);
    }
    return init;
}

} // namespace

Cut cut_of(const MediaPlaylist& playlist, const Clip& clip) {
    Cut cut;
    microseconds begins{0};
    for (std::size_t at = 0; at < playlist.segments.size(); ++at) {
        const auto ends = begins + playlist.segments[at].duration;
        if (holds_some_of(clip, begins, ends)) {
            add(cut, at, begins, ends);
        }
        begins = ends;
    }
    cut.is_passed = clip.pieces().empty() || !is_before(begins, clip.pieces().back().end);
    return cut;
}

MediaPlaylist cut_playlist(const MediaPlaylist& whole, const Cut& cut) {
    MediaPlaylist part = whole;
    part.segments.clear();
    part.numbers.clear();
    ByteRange init = whole.init;
    for (const Cut::Run& run : cut.runs) {
        const std::size_t last = std::min(run.last, whole.segments.size());
        for (std::size_t at = run.first; at < last; ++at) {
            Segment segment = whole.segments[at];
            if (at == run.first) {
                const auto needed = init_of(whole, at);
                using enum SegmentHead::Continuity;
                segment.head.continuity = part.segments.empty() ? follows : breaks;
                segment.head.init = needed == init ? std::nullopt : std::optional(needed);
            }
            init = segment.head.init.value_or(init);
            part.segments.push_back(std::move(segment));
            part.numbers.push_back(whole.number_at(at));
        }
    }
    if (!part.numbers.empty()) {
        part.first_number = part.numbers.front();
    }
    if (cut.runs.size() <= 1) {
        part.numbers.clear();
    }
    if (cut.is_passed && (cut.runs.empty() || whole.segments.size() >= cut.runs.back().last)) {
        part.age = MediaPlaylist::Age::ended;
    }
    return part;
}

std::vector<ServedPiece> served_pieces(const Cut& cut, const Clip& clip, MediaPlaylist::Age age) {
    std::vector<ServedPiece> served;
    for (const Span& piece : clip.pieces()) {
        const auto run = std::ranges::find_if(cut.runs, [&piece](const Cut::Run& each) {
            return is_before(each.begin, piece.end) && each.end > piece.begin;
        });
        if (run == cut.runs.end()) {
            continue;
        }
        ServedPiece part;
        part.begin = std::chrono::round<milliseconds>(
            run->shown + std::max(microseconds(piece.begin) - run->begin, microseconds(0)));
        const bool is_there = !is_before(run->end, piece.end);
        if (is_there) {
            part.length = piece.end - piece.begin;
        } else if (age == MediaPlaylist::Age::ended) {
            part.length = std::chrono::floor<milliseconds>(run->end) - piece.begin;
        } else if (piece.end != Clip::open_end) {
            part.length = piece.end - piece.begin;
        }
        served.push_back(part);
    }
    return served;
}

} // namespace catalog::media
