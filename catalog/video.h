#pragma once

#include "catalog/audience.h"
#include "catalog/availability_window.h"
#include "catalog/recording.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// A part of a recording, `[begin, end)` in its own time. Segments outside are not served.
struct Span {
    std::chrono::milliseconds begin;
    std::chrono::milliseconds end;
    friend bool operator==(const Span&, const Span&) = default;
};

struct Chapter {
    std::chrono::milliseconds at;
    std::string title;
    friend bool operator==(const Chapter&, const Chapter&) = default;
};

/// What is announced beforehand of a video that is streamed live.
struct LivePlan {
    std::optional<UtcTime> lobby_opens;
    std::optional<UtcTime> start;
    std::optional<UtcTime> end;
    std::string label;         ///< where no time is set yet: 2022年1月頃
    bool archive_after = true;
    friend bool operator==(const LivePlan&, const LivePlan&) = default;
};

/// What is published: a lecture, a session's record, a live stream, or a clip of one.
struct Video {
    enum class Kind { lecture, record, live };
    VideoId id;
    Kind kind = Kind::lecture;
    SeriesId series;                             ///< empty where it belongs to none
    SessionId session;                           ///< empty where it belongs to none
    std::optional<int> number;
    std::string title;
    std::string speaker;
    std::string field;                           ///< 環境・企画
    std::string description;
    bool published = false;
    std::optional<Audience> audience;            ///< nothing: the series'
    std::optional<AvailabilityWindow> window;    ///< nothing: the series'
    std::optional<RecordingId> recording;        ///< nothing: none uploaded yet
    std::optional<Span> span;                    ///< nothing: the whole recording
    std::vector<Span> cuts{};                    ///< what of that is left out (clip.h)
    std::optional<std::chrono::seconds> planned_duration;
    std::vector<Chapter> chapters;
    std::optional<LivePlan> live;

    friend bool operator==(const Video&, const Video&) = default;
};

std::string_view to_text(Video::Kind kind);
std::optional<Video::Kind> video_kind_from_text(std::string_view text);

} // namespace catalog
