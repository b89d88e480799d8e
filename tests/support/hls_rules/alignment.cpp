#include "tests/support/hls_rules/presentation.h"

#include <algorithm>
#include <cmath>

namespace hls_rules {

namespace {

/// Whether two times in ticks of different lengths are the same instant, exactly.
bool same_instant(std::int64_t one, const Track& of_one, std::int64_t other,
                  const Track& of_other) {
    return one * static_cast<std::int64_t>(of_other.timescale) ==
           other * static_cast<std::int64_t>(of_one.timescale);
}

class AlignmentCheck {
  public:
    explicit AlignmentCheck(Breaches& breaches) : breaches_(breaches) {}

    void check(const Rendition& first, const Rendition& other) {
        place_ = &other.place;
        const std::string beside = " beside " + first.place;
        check_that(other.media.target_duration == first.media.target_duration, "M5",
                   "its target duration differs" + beside);
        const double frames = first.frame() + other.frame();
        check_that(std::abs(other.duration() - first.duration()) <= frames + 1e-6, "G3",
                   "it lasts " + std::to_string(other.duration()) + " s, not " +
                       std::to_string(first.duration()) + " s," + beside);
        const bool same_count = other.starts.size() == first.starts.size();
        const bool pictures =
            first.track.kind == Track::Kind::picture && other.track.kind == Track::Kind::picture;
        check_that(same_count, pictures ? "G1" : "G2",
                   "it has " + std::to_string(other.starts.size()) + " segments, not " +
                       std::to_string(first.starts.size()) + ',' + beside);
        if (same_count) {
            check_starts(first, other, pictures);
        }
    }

    void check_beginning(const Rendition& rendition) {
        place_ = &rendition.place;
        const std::int64_t start = rendition.starts.front();
        const bool is_picture = rendition.track.kind == Track::Kind::picture;
        const bool fits = is_picture ? start == 0 : rendition.seconds(start) <= rendition.frame();
        check_that(fits, is_picture ? "G4" : "M13",
                   "its first presentation time is " + std::to_string(rendition.seconds(start)) +
                       " s, not 0");
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, *place_, otherwise});
        }
    }

    void check_starts(const Rendition& first, const Rendition& other, bool pictures) {
        const double sound_frame =
            first.track.kind == Track::Kind::sound ? first.frame() : other.frame();
        for (std::size_t i = 0; i < first.starts.size(); ++i) {
            const double difference =
                other.seconds(other.starts[i]) - first.seconds(first.starts[i]);
            const bool fits =
                pictures ? same_instant(first.starts[i], first.track, other.starts[i], other.track)
                         : std::abs(difference) <= sound_frame + 1e-6;
            check_that(fits, pictures ? "G1" : "G2",
                       "segment " + std::to_string(i) + " starts " + std::to_string(difference) +
                           " s from that of " + first.place);
        }
    }

    Breaches& breaches_;
    const std::string* place_ = nullptr;
};

} // namespace

void check_alignment(const Renditions& renditions, Breaches& breaches) {
    if (renditions.empty()) {
        return;
    }
    const auto is_picture = [](const auto& named) {
        return named.second.track.kind == Track::Kind::picture;
    };
    const auto picture = std::ranges::find_if(renditions, is_picture);
    const Rendition& first =
        picture == renditions.end() ? renditions.begin()->second : picture->second;
    AlignmentCheck check(breaches);
    for (const auto& [address, rendition] : renditions) {
        check.check_beginning(rendition);
        if (&rendition != &first) {
            check.check(first, rendition);
        }
    }
}

} // namespace hls_rules
