#pragma once

#include "tests/support/hls_rules/breach.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hls_rules {

struct LivePart {
    double duration = 0; ///< seconds
    std::string address;
    bool independent = false;
    friend bool operator==(const LivePart&, const LivePart&) = default;
};

struct LiveSegment {
    std::optional<double> duration; ///< nothing: it is not whole yet
    std::string address;            ///< empty likewise
    bool discontinuous = false;
    std::optional<std::string> init; ///< the address of an init section that begins here
    std::optional<double> date;      ///< seconds since 1970
    std::vector<LivePart> parts;     ///< none where they are no longer listed

    double length() const; ///< of what is listed of it
};

struct RenditionReport {
    std::string address;
    std::optional<std::uint64_t> segment;
    std::optional<std::uint64_t> part;
};

/// One version of a media playlist of a live stream, as a player got it.
struct LiveVersion {
    std::string place; ///< "v360/17.m3u8"
    int target_duration = 0;
    std::optional<double> part_target;
    bool can_block = false;
    std::optional<double> can_skip_until;
    std::optional<double> hold_back;
    std::optional<double> part_hold_back;
    std::uint64_t first_number = 0;
    std::string type;
    std::string init; ///< the address of the first one; empty where there is none
    std::optional<std::uint64_t> skipped;
    std::vector<LiveSegment> segments; ///< the last one may not be whole
    std::vector<std::string> hints;    ///< of parts
    std::vector<RenditionReport> reports;
    bool ended = false;

    double length() const; ///< of all that is listed
};

/// Takes a version apart and notes what its text has wrong (P, M1, M8).
LiveVersion read_live_version(std::string_view text, const std::string& place, Breaches& breaches);

} // namespace hls_rules
