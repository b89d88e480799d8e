#include "tests/support/hls_rules/multivariant.h"

#include "tests/support/hls_rules/attributes.h"
#include "tests/support/hls_rules/playlist_text.h"

#include <algorithm>
#include <map>
#include <set>

namespace hls_rules {

namespace {

std::vector<std::string> split_codecs(const std::string& text) {
    std::vector<std::string> codecs;
    std::size_t begin = 0;
    while (begin <= text.size() && !text.empty()) {
        const auto comma = std::min(text.find(',', begin), text.size());
        codecs.push_back(text.substr(begin, comma - begin));
        begin = comma + 1;
    }
    return codecs;
}

class MultivariantReader {
  public:
    MultivariantReader(const std::string& place, Breaches& breaches)
        : place_(place), breaches_(breaches) {}

    ListedPresentation read(const std::vector<PlaylistLine>& lines) {
        for (const PlaylistLine& line : lines) {
            if (line.tag == "EXT-X-MEDIA") {
                read_media(Attributes(line.value, place_, breaches_));
            } else if (line.tag == "EXT-X-STREAM-INF") {
                check_that(!pending_, "P1", "a variant has no address");
                read_variant(Attributes(line.value, place_, breaches_));
            } else if (line.tag == "EXT-X-I-FRAME-STREAM-INF") {
                read_i_frames(Attributes(line.value, place_, breaches_));
            } else if (line.tag.empty()) {
                add_variant(line.value);
            }
        }
        check_that(!pending_, "P1", "the last variant has no address");
        check_that(!listed_.variants.empty(), "V8", "it names no variant");
        check_groups();
        const std::size_t none = without_captions_;
        check_that(none == 0 || none == listed_.variants.size(), "V7",
                   "CLOSED-CAPTIONS=NONE stands at some variants only");
        return std::move(listed_);
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, place_, otherwise});
        }
    }

    void read_media(const Attributes& media) {
        const std::string type = media.text("TYPE");
        const std::string group = media.text("GROUP-ID");
        const std::string name = media.text("NAME");
        check_that(!type.empty() && !group.empty() && !name.empty(), "A1",
                   "an EXT-X-MEDIA lacks TYPE, GROUP-ID or NAME");
        check_that(names_.insert(type + '\n' + group + '\n' + name).second, "A1",
                   "the name " + name + " stands twice in its group");
        const bool is_default = media.text("DEFAULT") == "YES";
        if (is_default) {
            check_that(defaults_.insert(type + '\n' + group).second, "A1",
                       "the group " + group + " has two defaults");
        }
        check_that(!is_default || media.text("AUTOSELECT") == "YES", "A3",
                   "the default " + name + " is not AUTOSELECT=YES");
        check_that(type == "VIDEO" || !media.text("LANGUAGE").empty(), "A4",
                   name + " has no LANGUAGE");
        groups_.insert(type + '\n' + group);
        if (type == "AUDIO") {
            const std::string address = media.text("URI");
            check_that(address.empty() || stays_inside(address), "P4",
                       "\"" + address + "\" leads out of the folder");
            listed_.sounds.push_back({group, address});
        }
    }

    void read_variant(const Attributes& stream) {
        ListedVariant variant;
        check_that(stream.number("BANDWIDTH").has_value(), "B2", "a variant has no BANDWIDTH");
        check_that(stream.number("AVERAGE-BANDWIDTH").has_value(), "V2",
                   "a variant has no AVERAGE-BANDWIDTH");
        check_that(stream.has("CODECS"), "V1", "a variant has no CODECS");
        variant.bandwidth = stream.number("BANDWIDTH").value_or(0);
        variant.average_bandwidth = stream.number("AVERAGE-BANDWIDTH");
        variant.codecs = split_codecs(stream.text("CODECS"));
        variant.resolution = stream.text("RESOLUTION");
        variant.frame_rate = stream.text("FRAME-RATE");
        variant.video_range = stream.text("VIDEO-RANGE");
        variant.sound_group = stream.text("AUDIO");
        for (const auto* type : {"AUDIO", "SUBTITLES"}) {
            if (stream.has(type)) {
                used_groups_.insert(std::string(type) + '\n' + stream.text(type));
            }
        }
        without_captions_ += stream.text("CLOSED-CAPTIONS") == "NONE" ? 1U : 0U;
        pending_ = std::move(variant);
    }

    void add_variant(const std::string& address) {
        check_that(pending_.has_value(), "P1", "\"" + address + "\" has no EXT-X-STREAM-INF");
        if (pending_) {
            pending_->address = address;
            listed_.variants.push_back(std::move(*pending_));
            pending_.reset();
        }
    }

    void read_i_frames(const Attributes& stream) {
        for (const auto* name : {"BANDWIDTH", "CODECS", "RESOLUTION", "URI"}) {
            check_that(stream.has(name), "I1", "an EXT-X-I-FRAME-STREAM-INF has no " +
                                                   std::string(name));
        }
        for (const auto* name : {"FRAME-RATE", "AUDIO", "SUBTITLES", "CLOSED-CAPTIONS"}) {
            check_that(!stream.has(name), "I2", "an EXT-X-I-FRAME-STREAM-INF has " +
                                                    std::string(name));
        }
        const std::string address = stream.text("URI");
        check_that(stays_inside(address), "P4", "\"" + address + "\" leads out of the folder");
        listed_.i_frames.push_back({address, stream.number("BANDWIDTH").value_or(0),
                                    stream.number("AVERAGE-BANDWIDTH"),
                                    split_codecs(stream.text("CODECS")),
                                    stream.text("RESOLUTION")});
    }

    void check_groups() {
        for (const std::string& used : used_groups_) {
            check_that(groups_.contains(used), "V6",
                       "there is no group " + used.substr(used.find('\n') + 1));
        }
        for (const std::string& group : groups_) {
            check_that(used_groups_.contains(group), "V6",
                       "no variant uses the group " + group.substr(group.find('\n') + 1));
        }
    }

    const std::string& place_;
    Breaches& breaches_;
    ListedPresentation listed_;
    std::optional<ListedVariant> pending_;
    std::set<std::string> names_;
    std::set<std::string> defaults_;
    std::set<std::string> groups_;
    std::set<std::string> used_groups_;
    std::size_t without_captions_ = 0;
};

} // namespace

ListedPresentation read_multivariant(const std::string& text, const std::string& place,
                                     Breaches& breaches) {
    const auto lines = read_playlist_text(text, PlaylistKind::multivariant, place, breaches);
    return MultivariantReader(place, breaches).read(lines);
}

} // namespace hls_rules
