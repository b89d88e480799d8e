#include "tests/support/hls_rules/live_version.h"

#include "tests/support/hls_rules/attributes.h"
#include "tests/support/hls_rules/playlist_text.h"

#include <cstdlib>
#include <ctime>

namespace hls_rules {

namespace {

std::optional<double> seconds_of(const Attributes& attributes, std::string_view name) {
    return attributes.has(name) ? std::optional(std::strtod(attributes.text(name).c_str(), nullptr))
                                : std::nullopt;
}

/// "2021-10-27T04:10:00.500Z", or with an offset of hours; nothing where it is none.
std::optional<double> date_of(const std::string& text) {
    std::tm parts{};
    const char* rest = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (rest == nullptr) {
        return std::nullopt;
    }
    double seconds = static_cast<double>(::timegm(&parts));
    if (*rest == '.') {
        char* end = nullptr;
        seconds += std::strtod(rest, &end);
        rest = end;
    }
    if (*rest == 'Z') {
        return seconds;
    }
    int hours = 0;
    int minutes = 0;
    const bool is_ahead = *rest == '+';
    if ((!is_ahead && *rest != '-') || std::sscanf(rest + 1, "%2d:%2d", &hours, &minutes) != 2) {
        return std::nullopt;
    }
    return seconds - (is_ahead ? 1 : -1) * (hours * 3600 + minutes * 60);
}

class LiveReader {
  public:
    LiveReader(const std::string& place, Breaches& breaches) : breaches_(breaches) {
        version_.place = place;
    }

    LiveVersion read(const std::vector<PlaylistLine>& lines) {
        for (const PlaylistLine& line : lines) {
            read_line(line);
        }
        if (has_begun_) {
            version_.segments.push_back(segment_);
        }
        check_that(version_.target_duration >= 1, "M1", "there is no target duration of 1 s or more");
        return std::move(version_);
    }

  private:
    void check_that(bool holds, const char* rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, version_.place, otherwise});
        }
    }

    void read_line(const PlaylistLine& line) {
        if (line.tag.empty()) {
            add_segment(line.value);
        } else if (line.tag == "EXTINF") {
            segment_.duration = std::strtod(line.value.c_str(), nullptr);
        } else if (line.tag == "EXT-X-DISCONTINUITY") {
            begin();
            segment_.discontinuous = true;
        } else if (line.tag == "EXT-X-PROGRAM-DATE-TIME") {
            begin();
            segment_.date = date_of(line.value);
            check_that(segment_.date.has_value(), "L4", "\"" + line.value + "\" is no date");
        } else if (line.tag == "EXT-X-TARGETDURATION") {
            version_.target_duration = std::atoi(line.value.c_str());
        } else if (line.tag == "EXT-X-MEDIA-SEQUENCE") {
            version_.first_number = std::strtoull(line.value.c_str(), nullptr, 10);
        } else if (line.tag == "EXT-X-PLAYLIST-TYPE") {
            version_.type = line.value;
        } else if (line.tag == "EXT-X-ENDLIST") {
            version_.ended = true;
        } else {
            read_attributes(line);
        }
    }

    void read_attributes(const PlaylistLine& line) {
        if (line.tag != "EXT-X-PART-INF" && line.tag != "EXT-X-SERVER-CONTROL" &&
            line.tag != "EXT-X-MAP" && line.tag != "EXT-X-PART" && line.tag != "EXT-X-SKIP" &&
            line.tag != "EXT-X-PRELOAD-HINT" && line.tag != "EXT-X-RENDITION-REPORT") {
            return;
        }
        const Attributes attributes(line.value, version_.place, breaches_);
        if (line.tag == "EXT-X-PART-INF") {
            version_.part_target = seconds_of(attributes, "PART-TARGET");
        } else if (line.tag == "EXT-X-SERVER-CONTROL") {
            version_.can_block = attributes.text("CAN-BLOCK-RELOAD") == "YES";
            version_.can_skip_until = seconds_of(attributes, "CAN-SKIP-UNTIL");
            version_.hold_back = seconds_of(attributes, "HOLD-BACK");
            version_.part_hold_back = seconds_of(attributes, "PART-HOLD-BACK");
        } else if (line.tag == "EXT-X-MAP") {
            read_init(attributes.text("URI"));
        } else if (line.tag == "EXT-X-PART") {
            begin();
            segment_.parts.push_back({seconds_of(attributes, "DURATION").value_or(0),
                                      attributes.text("URI"),
                                      attributes.text("INDEPENDENT") == "YES"});
        } else if (line.tag == "EXT-X-SKIP") {
            version_.skipped = attributes.number("SKIPPED-SEGMENTS");
        } else if (line.tag == "EXT-X-PRELOAD-HINT" && attributes.text("TYPE") == "PART") {
            version_.hints.push_back(attributes.text("URI"));
        } else if (line.tag == "EXT-X-RENDITION-REPORT") {
            version_.reports.push_back({attributes.text("URI"), attributes.number("LAST-MSN"),
                                        attributes.number("LAST-PART")});
        }
    }

    void read_init(const std::string& address) {
        check_that(stays_inside(address), "P4", "an init section's address leads out of the folder");
        if (version_.init.empty()) {
            version_.init = address;
            return;
        }
        check_that(segment_.discontinuous, "M12",
                   "the init section changes without EXT-X-DISCONTINUITY");
        begin();
        segment_.init = address;
    }

    void begin() { has_begun_ = true; }

    void add_segment(const std::string& address) {
        check_that(segment_.duration.has_value(), "M1", address + " has no EXTINF");
        check_that(!version_.init.empty(), "M8", address + " has no EXT-X-MAP");
        segment_.address = address;
        version_.segments.push_back(segment_);
        segment_ = {};
        has_begun_ = false;
    }

    Breaches& breaches_;
    LiveVersion version_;
    LiveSegment segment_;
    bool has_begun_ = false;
};

} // namespace

double LiveSegment::length() const {
    double sum = 0;
    for (const LivePart& part : parts) {
        sum += part.duration;
    }
    return duration.value_or(sum);
}

double LiveVersion::length() const {
    double sum = 0;
    for (const LiveSegment& segment : segments) {
        sum += segment.length();
    }
    return sum;
}

LiveVersion read_live_version(std::string_view text, const std::string& place, Breaches& breaches) {
    return LiveReader(place, breaches)
        .read(read_playlist_text(text, PlaylistKind::media, place, breaches));
}

} // namespace hls_rules
