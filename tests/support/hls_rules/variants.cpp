#include "tests/support/hls_rules/presentation.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <set>

namespace hls_rules {

namespace {

std::string three_decimals(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", number);
    return text;
}

/// What the transfer of a track's colour is called (A 9.16).
std::string video_range_of(const Track& track) {
    return track.transfer == 16 ? "PQ" : track.transfer == 18 ? "HLG" : "SDR";
}

class VariantCheck {
  public:
    VariantCheck(const ListedPresentation& listed, const Renditions& renditions,
                 const std::string& place, Breaches& breaches)
        : listed_(listed), renditions_(renditions), place_(place), breaches_(breaches) {}

    void check_all() {
        for (const ListedVariant& variant : listed_.variants) {
            const auto found = renditions_.find(variant.address);
            if (found != renditions_.end()) {
                check(variant, found->second);
            }
        }
        check_choice();
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, place_, otherwise});
        }
    }

    void check(const ListedVariant& variant, const Rendition& rendition) {
        const auto sounds = sounds_of(variant);
        check_codecs(variant, rendition, sounds);
        if (rendition.track.kind == Track::Kind::picture) {
            check_picture(variant, rendition);
        }
        double peak = 0;
        double average = 0;
        for (const Rendition* sound : sounds) {
            peak = std::max(peak, sound->rates.peak);
            average = std::max(average, sound->rates.average);
        }
        check_rates(variant, rendition.rates.peak + peak, rendition.rates.average + average);
    }

    /// The alternatives of its group; they play together with it one at a time.
    std::vector<const Rendition*> sounds_of(const ListedVariant& variant) const {
        std::vector<const Rendition*> sounds;
        for (const ListedSound& sound : listed_.sounds) {
            const auto found = renditions_.find(sound.address);
            const bool is_itself = sound.address == variant.address;
            if (sound.group == variant.sound_group && found != renditions_.end() && !is_itself) {
                sounds.push_back(&found->second);
            }
        }
        return sounds;
    }

    void check_codecs(const ListedVariant& variant, const Rendition& rendition,
                      const std::vector<const Rendition*>& sounds) {
        std::set<std::string> real{in_capitals(rendition.track.codec)};
        for (const Rendition* sound : sounds) {
            real.insert(in_capitals(sound->track.codec));
        }
        std::set<std::string> said;
        for (const std::string& codec : variant.codecs) {
            said.insert(in_capitals(codec));
        }
        std::string text;
        for (const std::string& codec : real) {
            text += (text.empty() ? "" : ",") + codec;
        }
        check_that(said == real, "V1", "CODECS of " + variant.address + " should be " + text);
    }

    void check_picture(const ListedVariant& variant, const Rendition& rendition) {
        const Track& track = rendition.track;
        const std::string size = std::to_string(track.width) + 'x' + std::to_string(track.height);
        check_that(variant.resolution == size, "V3",
                   "RESOLUTION of " + variant.address + " should be " + size);
        const double rate = 1 / rendition.seconds(rendition.shortest_sample);
        check_that(variant.frame_rate == three_decimals(rate), "V4",
                   "FRAME-RATE of " + variant.address + " should be " + three_decimals(rate));
        check_that(rate < 60.001, "V11", variant.address + " has more than 60 frames a second");
        const std::string range = video_range_of(track);
        const bool fits =
            variant.video_range == range || (variant.video_range.empty() && range == "SDR");
        check_that(fits, "V5", "VIDEO-RANGE of " + variant.address + " should be " + range);
    }

    void check_rates(const ListedVariant& variant, double peak, double average) {
        const auto bandwidth = static_cast<double>(variant.bandwidth);
        const std::string measured = three_decimals(peak) + " bit/s at its peak";
        check_that(bandwidth >= peak - 1, "B2",
                   "BANDWIDTH of " + variant.address + " is less than the " + measured);
        check_that(std::abs(peak - bandwidth) <= 0.1 * bandwidth, "B3",
                   "BANDWIDTH of " + variant.address + " is not within a tenth of the " + measured);
        if (variant.average_bandwidth) {
            const auto said = static_cast<double>(*variant.average_bandwidth);
            check_that(std::abs(average - said) <= 0.1 * said, "B4",
                       "AVERAGE-BANDWIDTH of " + variant.address + " is not within a tenth of " +
                           three_decimals(average));
        }
    }

    void check_choice() {
        constexpr std::uint64_t cellular = 192'000;
        std::set<std::uint64_t> pictures;
        std::set<std::uint64_t> all;
        for (const ListedVariant& variant : listed_.variants) {
            all.insert(variant.bandwidth);
            if (!variant.resolution.empty()) {
                pictures.insert(variant.bandwidth);
            }
        }
        check_that(pictures.size() != 1, "V8", "there is one video bit rate only");
        check_that(all.empty() || *all.begin() <= cellular, "V8",
                   "nothing plays within 192 kbit/s");
    }

    const ListedPresentation& listed_;
    const Renditions& renditions_;
    const std::string& place_;
    Breaches& breaches_;
};

} // namespace

std::string in_capitals(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

void check_variants(const ListedPresentation& listed, const Renditions& renditions,
                    const std::string& place, Breaches& breaches) {
    VariantCheck(listed, renditions, place, breaches).check_all();
}

} // namespace hls_rules
