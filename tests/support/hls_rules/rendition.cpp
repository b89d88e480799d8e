#include "tests/support/hls_rules/rendition.h"

#include <algorithm>
#include <limits>

namespace hls_rules {

namespace {

/// Walks through a rendition's segments in order.
class SegmentReader {
  public:
    SegmentReader(Rendition& rendition, const std::vector<Track>& forms, Breaches& breaches)
        : rendition_(rendition), forms_(forms), breaches_(breaches) {
        rendition_.shortest_sample = std::numeric_limits<std::int64_t>::max();
    }

    bool read_all() {
        std::size_t number = 0;
        for (const ListedSegment& segment : rendition_.media.segments) {
            who_ = "segment " + std::to_string(number++);
            track_ = &forms_[segment.form];
            if (segment.resource.bytes.empty() || !read(segment.resource.bytes)) {
                return false;
            }
        }
        check_durations();
        return number > 0;
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, rendition_.place, who_ + ": " + otherwise});
        }
    }

    bool read(Bytes bytes) {
        const std::size_t before = breaches_.size();
        const auto fragments = read_fragments(bytes, *track_, rendition_.place, breaches_);
        for (std::size_t i = before; i < breaches_.size(); ++i) {
            breaches_[i].what.insert(0, who_ + ": ");
        }
        std::int64_t start = std::numeric_limits<std::int64_t>::max();
        bool is_first = true;
        std::size_t samples = 0;
        for (const Fragment& fragment : fragments) {
            check_continuity(fragment);
            for (const Sample& sample : fragment.samples) {
                read_sample(sample);
                ++samples;
                if (is_first && track_->avc) {
                    check_that(has_idr(sample), "S7", "it does not start with an IDR picture");
                }
                is_first = false;
                start = std::min(start, sample.presentation_time);
            }
        }
        check_that(!is_first, "S2", "it holds no sample");
        rendition_.most_samples = std::max(rendition_.most_samples, samples);
        // What the edit list leaves out is not presented.
        rendition_.starts.push_back(std::max<std::int64_t>(0, start - track_->first_tick));
        return !is_first;
    }

    void check_continuity(const Fragment& fragment) {
        if (next_time_) {
            check_that(fragment.decode_time == next_time_, "S6",
                       "a fragment starts at " + std::to_string(fragment.decode_time.value_or(0)) +
                           ", the one before it ends at " + std::to_string(*next_time_));
            check_that(fragment.sequence > sequence_, "S6", "its sequence numbers do not grow");
        }
        next_time_ = fragment.end();
        sequence_ = fragment.sequence;
    }

    void read_sample(const Sample& sample) {
        const std::int64_t duration = sample.duration;
        rendition_.longest_sample = std::max(rendition_.longest_sample, duration);
        rendition_.shortest_sample = std::min(rendition_.shortest_sample, duration);
        rendition_.end = std::max(rendition_.end, sample.presentation_time + duration -
                                                      track_->first_tick);
        if (track_->avc) {
            check_parameter_sets(sample);
        }
    }

    std::vector<Bytes> units(const Sample& sample) {
        try {
            return nal_units_in(sample.bytes, track_->avc->length_size);
        } catch (const Malformed&) {
            check_that(false, "S2", "a sample is not made of NAL units");
            return {};
        }
    }

    bool has_idr(const Sample& sample) {
        return std::ranges::any_of(units(sample),
                                   [](Bytes unit) { return type_of(unit) == Nal::idr; });
    }

    void check_parameter_sets(const Sample& sample) {
        const auto is_known = [](const std::vector<Bytes>& sets, Bytes unit) {
            return std::ranges::any_of(sets,
                                       [&](Bytes set) { return std::ranges::equal(set, unit); });
        };
        for (const Bytes unit : units(sample)) {
            const Nal type = type_of(unit);
            const bool is_new = (type == Nal::sps && !is_known(track_->avc->sps, unit)) ||
                                (type == Nal::pps && !is_known(track_->avc->pps, unit));
            check_that(!is_new, "S10", "its coding parameters change");
        }
    }

    /// Any contiguous run of EXTINF is within a frame of the media: the listed and the real starts
    /// drift apart by no more than that (M10).
    void check_durations() {
        double listed = 0;
        double lowest = 0;
        double highest = 0;
        for (std::size_t i = 0; i < rendition_.media.segments.size(); ++i) {
            listed += rendition_.media.segments[i].duration;
            const bool is_last = i + 1 == rendition_.starts.size();
            const std::int64_t tick = is_last ? rendition_.end : rendition_.starts[i + 1];
            const double drift = listed - rendition_.seconds(tick - rendition_.starts.front());
            lowest = std::min(lowest, drift);
            highest = std::max(highest, drift);
        }
        who_ = "all segments";
        check_that(highest - lowest <= rendition_.frame() + 1e-6, "M10",
                   "EXTINF and the media drift apart by " + std::to_string(highest - lowest) +
                       " s");
    }

    Rendition& rendition_;
    const std::vector<Track>& forms_;
    Breaches& breaches_;
    const Track* track_ = nullptr; ///< of the segment that is read
    std::string who_;
    std::optional<std::uint64_t> next_time_;
    std::uint32_t sequence_ = 0;
};

/// What plays `track` plays `form` too: the higher profile and level of H.264, the larger picture.
void cover(Track& track, const Track& form) {
    constexpr std::size_t profile = 5; // "avc1.PPCCLL"
    constexpr std::size_t level = 9;
    if (track.avc && form.avc && track.codec.size() == form.codec.size()) {
        const std::string levels = std::max(track.codec.substr(level), form.codec.substr(level));
        if (form.codec.substr(profile, 2) > track.codec.substr(profile, 2)) {
            track.codec = form.codec;
        }
        track.codec.replace(level, std::string::npos, levels);
    }
    if (form.width * form.height > track.width * track.height) {
        track.width = form.width;
        track.height = form.height;
    }
}

double rate(double bytes, double seconds) {
    return seconds > 0 ? bytes * 8 / seconds : 0;
}

} // namespace

/// RFC 8216bis 4.1: the largest bit rate of contiguous segments that last from half to one and a
/// half target durations.
Rates measure(const ListedMedia& media) {
    const auto& segments = media.segments;
    const double target = media.target_duration;
    Rates rates;
    double bytes = 0;
    double seconds = 0;
    for (std::size_t first = 0; first < segments.size(); ++first) {
        double run_bytes = 0;
        double run_seconds = 0;
        for (std::size_t last = first; last < segments.size(); ++last) {
            run_bytes += static_cast<double>(segments[last].resource.size);
            run_seconds += segments[last].duration;
            if (run_seconds > 1.5 * target + 1e-6) {
                break;
            }
            if (run_seconds >= 0.5 * target - 1e-6) {
                rates.peak = std::max(rates.peak, rate(run_bytes, run_seconds));
            }
        }
        bytes += static_cast<double>(segments[first].resource.size);
        seconds += segments[first].duration;
    }
    rates.average = rate(bytes, seconds);
    rates.peak = std::max(rates.peak, rates.average);
    return rates;
}

std::optional<Rendition> read_rendition(const std::filesystem::path& playlist,
                                        const std::string& place, Files& files,
                                        Breaches& breaches) {
    Rendition rendition;
    rendition.place = place;
    rendition.media = read_media_playlist(playlist, place, files, breaches);
    std::vector<Track> forms;
    for (const Resource& init : rendition.media.inits) {
        const auto track = read_init_section(init.bytes, place, breaches);
        if (!track) {
            return std::nullopt;
        }
        forms.push_back(*track);
    }
    if (forms.empty()) {
        return std::nullopt;
    }
    rendition.track = forms.front();
    for (const Track& form : forms) {
        cover(rendition.track, form);
        if (form.timescale != rendition.track.timescale) {
            breaches.push_back({"S6", place, "its forms count time differently"});
        }
    }
    if (!SegmentReader(rendition, forms, breaches).read_all()) {
        return std::nullopt;
    }
    rendition.rates = measure(rendition.media);
    return rendition;
}

} // namespace hls_rules
