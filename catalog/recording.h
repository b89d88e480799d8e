#pragma once

#include "catalog/id.h"
#include "catalog/time/utc_time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace catalog {

/// An uploaded or captured master and the folder made of it: `media/<id>/`.
struct Recording {
    enum class State {
        queued,     ///< waits for the transcoder
        working,    ///< its renditions grow; can be watched from the first segment on
        ready,      ///< all renditions are whole
        failed,     ///< `failure` says why; the source is kept
        live,       ///< its renditions grow as a publisher sends; it has no source
    };
    RecordingId id;
    std::string file_name;        ///< what the sender called it; data, never a path
    std::string source;           ///< the file's name in the folder: "source.mp4"; empty where it was live, or something of it was withdrawn
    std::uint64_t source_bytes = 0;
    State state = State::queued;
    std::optional<std::chrono::milliseconds> duration;
    std::chrono::milliseconds lost{0};  ///< of the source, unreadable
    std::string failure_kind;     ///< a word of the transcoder's `failed` event; empty but where failed
    std::string failure;          ///< its sentence
    time::UtcTime received;

    friend bool operator==(const Recording&, const Recording&) = default;
};

std::string_view to_text(Recording::State state);
std::optional<Recording::State> recording_state_from_text(std::string_view text);

} // namespace catalog
