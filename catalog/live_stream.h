#pragma once

#include "catalog/id.h"
#include "catalog/video.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace catalog {

/// A live entry's stream: who may publish it, and how far it has come. There is one from the first
/// key on. What follows from the clock is not in it: `shown_state` says that.
struct LiveStream {
    enum class State {
        waiting,      ///< nobody has published yet
        live,
        interrupted,  ///< the publisher is gone, and may come back
        ended,        ///< for good: the recording is, or becomes, the archive
    };
    enum class Break { off, on };
    VideoId video;
    std::string key_hash;                     ///< of the one key that counts
    UtcTime key_made;
    AccountId key_made_by;                    ///< empty: the command line, or an account that is gone
    State state = State::waiting;
    Break pause = Break::off;                 ///< 休憩, set at the desk
    std::optional<RecordingId> recording;     ///< nothing: nobody has published yet
    std::optional<UtcTime> begun;             ///< nothing: likewise
    std::optional<UtcTime> heard;             ///< when the publisher came, or was gone; nothing: likewise
    std::optional<UtcTime> ended;
    std::optional<Span> trim;                 ///< what the archive will show; nothing: all of it

    friend bool operator==(const LiveStream&, const LiveStream&) = default;
};

std::string_view to_text(LiveStream::State state);
std::optional<LiveStream::State> live_state_from_text(std::string_view text);

/// When a publisher is let in: some time before the lobby opens to some time after the planned end.
struct IngestMargins {
    std::chrono::minutes before{30};
    std::chrono::minutes after{120};
};

/// Where a plan names no times, the window is open.
AvailabilityWindow ingest_window(const LivePlan& plan, const IngestMargins& margins);

/// What people see of a live entry.
enum class ShownState { before, waiting, live, interrupted, on_break, ended };
std::string_view to_text(ShownState state);

/// `stream`: null where there has never been a key.
ShownState shown_state(const LivePlan& plan, const LiveStream* stream, UtcTime now);
/// Since when it is so; nothing where nobody knows.
std::optional<UtcTime> shown_since(const LivePlan& plan, const LiveStream* stream, UtcTime now);

} // namespace catalog
