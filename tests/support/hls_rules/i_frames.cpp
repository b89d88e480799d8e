#include "tests/support/hls_rules/presentation.h"

#include <algorithm>
#include <cmath>

namespace hls_rules {

namespace {

namespace fs = std::filesystem;

bool has_idr(const Sample& sample, const Track& track) {
    const auto units = nal_units_in(sample.bytes, track.avc ? track.avc->length_size : 4);
    return std::ranges::any_of(units, [](Bytes unit) { return type_of(unit) == Nal::idr; });
}

/// The picture that the others are compared with; null where there is sound alone.
const Rendition* picture_of(const Renditions& renditions) {
    for (const auto& [address, rendition] : renditions) {
        if (rendition.track.kind == Track::Kind::picture) {
            return &rendition;
        }
    }
    return nullptr;
}

/// One playlist of I-frames.
class IFrameCheck {
  public:
    IFrameCheck(const ListedIFrames& listed, const Rendition& picture, Breaches& breaches)
        : listed_(listed), picture_(picture), place_(listed.address), breaches_(breaches) {}

    void check(const ListedMedia& media) {
        check_that(media.only_i_frames, "I1", "there is no EXT-X-I-FRAMES-ONLY");
        const Resource init = media.inits.empty() ? Resource{} : media.inits.front();
        const auto track = read_init_section(init.bytes, place_, breaches_);
        if (!track) {
            return;
        }
        check_said(*track, measure(media));
        std::vector<double> shown;
        for (const ListedSegment& frame : media.segments) {
            who_ = "I-frame " + std::to_string(shown.size()) + ": ";
            const auto at = read(frame.resource, init, *track);
            if (!at) {
                return;
            }
            shown.push_back(*at);
        }
        check_durations(media, shown);
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, place_, who_ + otherwise});
        }
    }

    void check_said(const Track& track, const Rates& rates) {
        const std::string size = std::to_string(track.width) + 'x' + std::to_string(track.height);
        check_that(listed_.codecs.size() == 1 &&
                       in_capitals(listed_.codecs.front()) == in_capitals(track.codec),
                   "V1", "its CODECS should be " + track.codec);
        check_that(listed_.resolution == size, "V3", "its RESOLUTION should be " + size);
        const auto said = static_cast<double>(listed_.bandwidth);
        check_that(said >= rates.peak - 1, "B2",
                   "its BANDWIDTH is less than the measured " + std::to_string(rates.peak));
        check_that(std::abs(rates.peak - said) <= 0.1 * said, "B3",
                   "its BANDWIDTH is not within a tenth of " + std::to_string(rates.peak));
        if (listed_.average_bandwidth) {
            const auto average = static_cast<double>(*listed_.average_bandwidth);
            check_that(std::abs(rates.average - average) <= 0.1 * average, "B4",
                       "its AVERAGE-BANDWIDTH is not within a tenth of " +
                           std::to_string(rates.average));
        }
    }

    /// When it is shown, in seconds; nothing where it cannot be read.
    std::optional<double> read(const Resource& frame, const Resource& init, const Track& track) {
        const bool holds_init = frame.address == init.address && frame.offset && init.offset &&
                                *frame.offset < *init.offset + init.size;
        check_that(!holds_init, "I2", "it holds some of the init section");
        try {
            const Sample sample = read_first_sample(frame.bytes, track, place_, breaches_);
            check_that(has_idr(sample, track), "I2", "it is no IDR picture");
            return static_cast<double>(sample.presentation_time - track.first_tick) /
                   static_cast<double>(track.timescale);
        } catch (const Malformed& failure) {
            check_that(false, "I2", failure.what());
            return std::nullopt;
        }
    }

    /// Each lasts until the next, the last one until the end (bis 4.4.3.6).
    void check_durations(const ListedMedia& media, std::vector<double> shown) {
        constexpr double rounding = 1e-5;
        shown.push_back(picture_.duration());
        for (std::size_t i = 0; i < media.segments.size(); ++i) {
            const bool is_last = i + 1 == media.segments.size();
            const double until = shown[i + 1] - shown[i];
            who_ = "I-frame " + std::to_string(i) + ": ";
            check_that(std::abs(media.segments[i].duration - until) <=
                           (is_last ? picture_.frame() : 0) + rounding,
                       "I2", "EXTINF is " + std::to_string(media.segments[i].duration) +
                                 ", but it is " + std::to_string(until) + " s to the next");
        }
        who_.clear();
        check_that(shown.front() <= rounding, "I2", "its first I-frame is not the beginning");
    }

    const ListedIFrames& listed_;
    const Rendition& picture_;
    const std::string& place_;
    Breaches& breaches_;
    std::string who_;
};

} // namespace

void check_i_frames(const ListedPresentation& listed, const Renditions& renditions,
                    const fs::path& playlist, Files& files, Breaches& breaches) {
    const std::string place = playlist.filename().string();
    const Rendition* picture = picture_of(renditions);
    if (picture == nullptr) {
        return;
    }
    // Slides are key frames and nothing else, one a segment: their own playlist is what a list of
    // I-frames would be, and whoever seeks fetches no more than one picture.
    const bool is_key_frames_only = picture->most_samples == 1;
    if (listed.i_frames.empty() && !is_key_frames_only) {
        breaches.push_back({"I1", place, "it lists no I-frames"});
    }
    for (const ListedIFrames& i_frames : listed.i_frames) {
        try {
            const auto media = read_media_playlist(playlist.parent_path() / i_frames.address,
                                                   i_frames.address, files, breaches);
            IFrameCheck(i_frames, *picture, breaches).check(media);
        } catch (const Malformed& missing) {
            breaches.push_back({"P4", place, missing.what()});
        }
    }
}

} // namespace hls_rules
