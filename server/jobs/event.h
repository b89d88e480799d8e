#pragma once

#include "catalog/result.h"

#include <chrono>
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

using Event = std::variant<Probed, RenditionBegun, SegmentLanded, Progress, Finished, Failed>;

constexpr std::size_t longest_event_line = 16 * 1024;

/// Nothing for an event of a name that this server does not know: a newer transcoder's.
/// Refuses (invalid) a line that is no event, or one with a value out of its range.
catalog::Result<std::optional<Event>> read_event(std::string_view line);

} // namespace server::jobs
