#pragma once

#include "catalog/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace server::jobs {

/// What a transcoder tells (transcoder/README.md, Events). It has touched hostile input, so each
/// value was checked: names are rendition names, numbers are finite and in their ranges, sentences
/// are short and without control characters.
struct Probed {
    std::vector<std::string> renditions;
    friend bool operator==(const Probed&, const Probed&) = default;
};

struct RenditionBegun {
    std::string name;
    friend bool operator==(const RenditionBegun&, const RenditionBegun&) = default;
};

/// A whole segment is durable and in its rendition's index.
struct SegmentLanded {
    std::string rendition;
    friend bool operator==(const SegmentLanded&, const SegmentLanded&) = default;
};

struct Progress {
    double fraction = 0;                ///< 0 to 1
    double speed = 0;                   ///< media seconds a second
    std::optional<double> remaining_s;  ///< nothing while unknown
    friend bool operator==(const Progress&, const Progress&) = default;
};

struct Finished {
    std::chrono::milliseconds duration{0};
    std::chrono::milliseconds lost{0};
    friend bool operator==(const Finished&, const Finished&) = default;
};

struct Failed {
    std::string kind;
    std::string message;
    enum class Again { may_pass, will_not };
    Again again() const;
    friend bool operator==(const Failed&, const Failed&) = default;
};

// What is told of a live stream only.

/// The playlist above all is there, and lists these.
struct LiveBegun {
    std::vector<std::string> renditions;
    friend bool operator==(const LiveBegun&, const LiveBegun&) = default;
};

/// One part of every rendition is durable and in its index.
struct BeatLanded {
    std::chrono::milliseconds media{0};  ///< its end, in the recording's time
    friend bool operator==(const BeatLanded&, const BeatLanded&) = default;
};

/// What the publisher sends.
struct PublisherSeen {
    int width = 0;               ///< 0: no picture
    int height = 0;
    double frame_rate = 0;
    double bit_rate = 0;
    double late_s = 0;           ///< how far encoding is behind what came
    double key_frame_s = 0;
    std::uint64_t dropped_frames = 0;
    bool has_sound = false;
    friend bool operator==(const PublisherSeen&, const PublisherSeen&) = default;
};

/// The machine does not keep up: a rendition is no longer encoded.
struct RungDropped {
    std::string rendition;
    friend bool operator==(const RungDropped&, const RungDropped&) = default;
};

/// All that the publisher sent is written out.
struct Interrupted {
    std::chrono::milliseconds media{0};
    friend bool operator==(const Interrupted&, const Interrupted&) = default;
};

/// All indexes say that they have ended: it is the archive.
struct LiveEnded {
    std::chrono::milliseconds media{0};
    friend bool operator==(const LiveEnded&, const LiveEnded&) = default;
};

// What is told of a handout only.

/// A page is on the disk.
struct PageLanded {
    friend bool operator==(const PageLanded&, const PageLanded&) = default;
};

/// All pages are, and their list.
struct Paged {
    friend bool operator==(const Paged&, const Paged&) = default;
};

using Event = std::variant<Probed, RenditionBegun, SegmentLanded, Progress, Finished, Failed, LiveBegun,
                           BeatLanded, PublisherSeen, RungDropped, Interrupted, LiveEnded, PageLanded, Paged>;

constexpr std::size_t longest_event_line = 16 * 1024;

/// Nothing for an event of a name that this server does not know: a newer transcoder's.
/// Refuses (invalid) a line that is no event, or one with a value out of its range.
catalog::Result<std::optional<Event>> read_event(std::string_view line);

} // namespace server::jobs
