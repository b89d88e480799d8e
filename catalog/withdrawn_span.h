#pragma once

#include "catalog/id.h"
#include "catalog/result.h"
#include "catalog/time/utc_time.h"
#include "catalog/video.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// A part of a recording that was taken back for good (発言の取消し), whichever videos show it. From the
/// moment it is there nothing of it is served; then what lies on the disk is made anew without it.
struct WithdrawnSpan {
    enum class Lost {
        sound,              ///< muted: the picture stays
        picture_and_sound,  ///< blanked
    };
    enum class State {
        withheld,  ///< what holds something of it is not served; its bytes are still there
        removed,   ///< its bytes are gone
    };
    WithdrawnSpanId id;
    RecordingId recording;
    Span span;                ///< in the recording's time
    Lost lost = Lost::picture_and_sound;
    std::string reason;
    AccountId by;             ///< empty: the command line
    time::UtcTime at;
    State state = State::withheld;

    friend bool operator==(const WithdrawnSpan&, const WithdrawnSpan&) = default;
};

std::string_view to_text(WithdrawnSpan::Lost lost);
std::optional<WithdrawnSpan::Lost> lost_from_text(std::string_view text);
std::string_view to_text(WithdrawnSpan::State state);
std::optional<WithdrawnSpan::State> withdrawn_state_from_text(std::string_view text);

/// Whether `[begin, end)` and `span` have something in common.
template <class Time> bool meets(Time begin, Time end, const Span& span) {
    return begin < span.end && end > span.begin;
}

/// A span as somebody wants it of a recording that is `whole` long: its end is the recording's where it
/// reaches beyond. Refuses (invalid) what is not in order, or shorter than a tenth of a second, or begins
/// behind the end.
Result<Span> checked_withdrawal(const Span& span, std::chrono::milliseconds whole);

} // namespace catalog
