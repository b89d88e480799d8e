#include "catalog/media/withdrawal.h"

#include <algorithm>

namespace catalog::media {

namespace {

using std::chrono::microseconds;

/// Two packets of AAC at 44.1 kHz last 46.4 ms.
constexpr std::chrono::milliseconds reach_of_sound{50};

} // namespace

TrackKind track_kind_of(std::string_view rendition) {
    return rendition.starts_with('a') ? TrackKind::sound : TrackKind::picture;
}

bool takes_from(const WithdrawnSpan& withdrawn, TrackKind track, microseconds begin, microseconds end) {
    if (track == TrackKind::picture) {
        return withdrawn.lost == WithdrawnSpan::Lost::picture_and_sound && meets(begin, end, withdrawn.span);
    }
    return meets(begin, end, Span{withdrawn.span.begin - reach_of_sound, withdrawn.span.end + reach_of_sound});
}

Revision revision_of(std::span<const WithdrawnSpan> spans, TrackKind track, microseconds begin,
                     microseconds end) {
    Revision revision;
    for (const WithdrawnSpan& withdrawn : spans) {
        if (!takes_from(withdrawn, track, begin, end)) {
            continue;
        }
        if (withdrawn.state == WithdrawnSpan::State::withheld) {
            revision.given = Revision::Given::withheld;
        } else {
            ++revision.number;
        }
    }
    return revision;
}

unsigned picture_revision(std::span<const WithdrawnSpan> spans) {
    return static_cast<unsigned>(std::ranges::count_if(spans, [](const WithdrawnSpan& withdrawn) {
        return withdrawn.state == WithdrawnSpan::State::removed &&
               withdrawn.lost == WithdrawnSpan::Lost::picture_and_sound;
    }));
}

void revise(MediaPlaylist& playlist, std::span<const WithdrawnSpan> spans, TrackKind track) {
    playlist.init_revision = track == TrackKind::picture ? picture_revision(spans) : 0;
    microseconds begin{0};
    for (Segment& segment : playlist.segments) {
        segment.revision = revision_of(spans, track, begin, begin + segment.duration);
        if (!spans.empty()) {
            segment.parts.clear(); // of what was live: they have no revisions
        }
        begin += segment.duration;
    }
}

std::vector<std::size_t> touched(const MediaPlaylist& playlist, std::span<const WithdrawnSpan> spans,
                                 TrackKind track) {
    std::vector<std::size_t> places;
    microseconds begin{0};
    for (std::size_t at = 0; at < playlist.segments.size(); ++at) {
        const auto end = begin + playlist.segments[at].duration;
        if (std::ranges::any_of(spans, [&](const WithdrawnSpan& each) { return takes_from(each, track, begin, end); })) {
            places.push_back(at);
        }
        begin = end;
    }
    return places;
}

} // namespace catalog::media
