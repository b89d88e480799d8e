#include "tests/support/hls_rules/live_rules.h"

#include <cmath>

namespace hls_rules {

namespace {

/// Durations are written to the microsecond.
constexpr double rounding = 1e-5;
/// Dates are written to the millisecond.
constexpr double date_rounding = 0.002;

class VersionCheck {
  public:
    VersionCheck(const LiveVersion& version, Breaches& breaches)
        : version_(version), breaches_(breaches) {}

    void run(const std::set<std::string>& others) {
        check_that(version_.type == (version_.ended ? "VOD" : "EVENT"), "M7",
                   "its type is \"" + version_.type + "\"");
        check_segments();
        check_dates();
        if (version_.ended) {
            check_that(version_.hints.empty(), "M6", "there is a PRELOAD-HINT in a playlist that ends");
            return;
        }
        check_promises();
        check_parts();
        check_that(version_.hints.size() == 1, "LL7",
                   std::to_string(version_.hints.size()) + " parts are hinted at");
        check_reports(others);
    }

  private:
    void check_that(bool holds, const char* rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, version_.place, otherwise});
        }
    }

    void check_segments() {
        const auto& segments = version_.segments;
        for (std::size_t at = 0; at < segments.size(); ++at) {
            const auto& duration = segments[at].duration;
            const bool is_open = at + 1 == segments.size() && !version_.ended;
            check_that(duration || is_open, "M1", "segment " + name(at) + " is not whole");
            check_that(!duration || *duration > 0, "M10", "segment " + name(at) + " has no duration");
            check_that(!duration || std::floor(*duration + 0.5) <= version_.target_duration, "M2",
                       "segment " + name(at) + " is longer than the target duration");
        }
    }

    void check_dates() {
        const LiveSegment* before = nullptr;
        for (std::size_t at = 0; at < version_.segments.size(); ++at) {
            const LiveSegment& segment = version_.segments[at];
            check_that(segment.date.has_value(), "L4", "segment " + name(at) + " has no date");
            if (before != nullptr && before->date && segment.date) {
                const double gap = *segment.date - *before->date - before->length();
                const bool follows = std::abs(gap) < date_rounding;
                check_that(segment.discontinuous ? gap > -date_rounding : follows, "L4",
                           "the date of segment " + name(at) + " is " + std::to_string(gap) +
                               " s from the end of the one before it");
            }
            before = &segment;
        }
    }

    void check_promises() {
        check_that(version_.can_block, "LL12", "it does not promise to block");
        const double target = version_.target_duration;
        check_that(version_.hold_back.value_or(0) >= 3 * target, "LL2",
                   "HOLD-BACK is shorter than three target durations");
        check_that(version_.can_skip_until.value_or(0) >= 6 * target, "LL2",
                   "CAN-SKIP-UNTIL is shorter than six target durations");
        check_that(version_.part_target.has_value(), "LL1", "there is no EXT-X-PART-INF");
        check_that(version_.part_hold_back.value_or(0) >=
                       3 * version_.part_target.value_or(0) - rounding,
                   "LL1", "PART-HOLD-BACK is shorter than three part targets");
    }

    void check_parts() {
        double left = version_.length();
        for (std::size_t at = 0; at < version_.segments.size(); ++at) {
            const LiveSegment& segment = version_.segments[at];
            left -= segment.length();
            check_parts_of(segment, name(at));
            const bool is_near = left < 3.0 * version_.target_duration - rounding;
            check_that(segment.parts.empty() != is_near, "LL6",
                       "the parts of segment " + name(at) +
                           (is_near ? " are not listed, near the end" : " are listed, far from the end"));
        }
    }

    void check_parts_of(const LiveSegment& segment, const std::string& number) {
        double sum = 0;
        const double target = version_.part_target.value_or(0);
        for (std::size_t at = 0; at < segment.parts.size(); ++at) {
            const LivePart& part = segment.parts[at];
            const std::string which = "part " + std::to_string(at) + " of segment " + number;
            sum += part.duration;
            const bool is_last = segment.duration && at + 1 == segment.parts.size();
            const bool may_be_short = part.independent || is_last;
            check_that(part.duration <= target + rounding, "LL3", which + " is longer than the part target");
            check_that(may_be_short || part.duration >= 0.85 * target, "LL3",
                       which + " is shorter than 85 % of the part target");
        }
        check_that(segment.parts.empty() || !segment.duration ||
                       std::abs(sum - *segment.duration) < rounding * 10,
                   "LL5", "the parts of segment " + number + " are not as long as it is");
        check_that(segment.parts.empty() || segment.parts.front().independent, "LL4",
                   "segment " + number + " does not begin with an independent part");
    }

    void check_reports(const std::set<std::string>& others) {
        std::set<std::string> reported;
        const std::uint64_t next = version_.first_number + version_.skipped.value_or(0) +
                                   version_.segments.size();
        for (const RenditionReport& report : version_.reports) {
            reported.insert(report.address);
            const bool is_near = report.segment && report.part && *report.segment < next + 1 &&
                                 *report.segment + 2 >= next;
            check_that(is_near, "LL8", "the report of " + report.address + " is far from this one's end");
        }
        for (const std::string& other : others) {
            check_that(reported.contains("../" + other + "/index.m3u8"), "LL8",
                       "there is no report of " + other);
        }
        check_that(reported.size() == others.size(), "LL8", "it reports what is not beside it");
    }

    std::string name(std::size_t at) const {
        return std::to_string(version_.first_number + version_.skipped.value_or(0) + at);
    }

    const LiveVersion& version_;
    Breaches& breaches_;
};

bool is_beginning_of(const std::vector<LivePart>& before, const std::vector<LivePart>& now) {
    return before.size() <= now.size() && std::equal(before.begin(), before.end(), now.begin());
}

/// How a listed segment may become another: it is whole now, it lost its parts, or it got some more.
bool may_follow(const LiveSegment& before, const LiveSegment& now) {
    const bool is_same = before.discontinuous == now.discontinuous && before.init == now.init &&
                         before.date == now.date;
    const bool keeps_parts = now.parts.empty() || (before.duration ? before.parts == now.parts
                                                                   : is_beginning_of(before.parts, now.parts));
    const bool keeps_whole =
        !before.duration || (before.duration == now.duration && before.address == now.address);
    return is_same && keeps_parts && keeps_whole;
}

/// The address of the first part that `now` lists and `before` does not; empty where there is none, or
/// where the stream broke off before it: then what was hinted at never comes.
std::string first_new_part(const LiveVersion& before, const LiveVersion& now) {
    for (std::size_t at = 0; at < now.segments.size(); ++at) {
        const bool is_known = at < before.segments.size();
        const std::size_t known = is_known ? before.segments[at].parts.size() : 0;
        if (is_known && before.segments[at].duration) {
            continue;
        }
        if (now.segments[at].parts.size() > known) {
            const bool broke_off = known == 0 && now.segments[at].discontinuous;
            return broke_off ? std::string() : now.segments[at].parts[known].address;
        }
        if (!is_known) {
            return {}; // it came whole, and its parts are no longer listed
        }
    }
    return {};
}

} // namespace

void check_version(const LiveVersion& version, const std::set<std::string>& others,
                   Breaches& breaches) {
    VersionCheck(version, breaches).run(others);
}

void check_next(const LiveVersion& before, const LiveVersion& now, Breaches& breaches) {
    const auto check_that = [&](bool holds, const char* rule, const std::string& otherwise) {
        if (!holds) {
            breaches.push_back({rule, now.place, otherwise});
        }
    };
    check_that(before.target_duration == now.target_duration, "L1", "the target duration changed");
    check_that(before.first_number == now.first_number, "L2", "the first number changed");
    check_that(before.init == now.init, "L2", "the first init section changed");
    check_that(before.segments.size() <= now.segments.size(), "L2", "segments went away");
    for (std::size_t at = 0; at < std::min(before.segments.size(), now.segments.size()); ++at) {
        check_that(may_follow(before.segments[at], now.segments[at]), "L2",
                   "segment " + std::to_string(now.first_number + at) + " changed");
    }
    if (before.ended) {
        check_that(now.ended && now.segments.size() == before.segments.size(), "L7",
                   "it goes on behind its end");
        return;
    }
    if (now.ended) {
        return;
    }
    check_that(before.part_target == now.part_target && before.hold_back == now.hold_back &&
                   before.part_hold_back == now.part_hold_back &&
                   before.can_skip_until == now.can_skip_until && before.can_block == now.can_block,
               "LL2", "its promises changed");
    const std::string came = first_new_part(before, now);
    check_that(came.empty() || before.hints.empty() || came == before.hints.front(), "LL7",
               "the part " + came + " came, and another was hinted at");
}

LiveVersion apply_delta(const LiveVersion& before, const LiveVersion& delta, Breaches& breaches) {
    const auto check_that = [&](bool holds, const std::string& otherwise) {
        if (!holds) {
            breaches.push_back({"LL11", delta.place, otherwise});
        }
    };
    LiveVersion whole = delta;
    const std::size_t count = delta.skipped.value_or(0);
    if (count > before.segments.size()) {
        check_that(false, "it leaves out more than was listed");
        return whole;
    }
    check_that(count == 0 || delta.length() >= delta.can_skip_until.value_or(0) - rounding,
               "it leaves out what is younger than the skip boundary");
    std::string init = before.init;
    for (std::size_t at = 0; at < count; ++at) {
        check_that(before.segments[at].duration.has_value(), "it leaves out what is not whole");
        init = before.segments[at].init.value_or(init);
    }
    check_that(delta.init == init, "its init section is not that of what follows");
    whole.init = before.init;
    whole.skipped.reset();
    whole.segments.insert(whole.segments.begin(), before.segments.begin(),
                          before.segments.begin() + static_cast<std::ptrdiff_t>(count));
    return whole;
}

} // namespace hls_rules
