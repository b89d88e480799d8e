#include "tests/support/hls_rules/media_playlist.h"

#include "tests/support/hls_rules/attributes.h"
#include "tests/support/hls_rules/playlist_text.h"

#include <cmath>
#include <cstdlib>

namespace hls_rules {

namespace {

namespace fs = std::filesystem;

/// "600123@798" as size and offset; nothing where either is missing (M11: always written).
std::optional<std::pair<std::size_t, std::size_t>> parse_range(const std::string& text) {
    char* end = nullptr;
    const std::size_t size = std::strtoull(text.c_str(), &end, 10);
    if (end == text.c_str() || *end != '@') {
        return std::nullopt;
    }
    const char* start = end + 1;
    const std::size_t offset = std::strtoull(start, &end, 10);
    return end != start && *end == '\0' ? std::optional(std::pair(size, offset)) : std::nullopt;
}

class MediaPlaylistReader {
  public:
    MediaPlaylistReader(fs::path folder, const std::string& place, Files& files, Breaches& breaches)
        : folder_(std::move(folder)), place_(place), files_(files), breaches_(breaches) {}

    ListedMedia read(const std::vector<PlaylistLine>& lines) {
        for (const PlaylistLine& line : lines) {
            read_line(line);
        }
        check_that(media_.target_duration >= 1, "M1", "there is no target duration of 1 s or more");
        check_that(ended_, "M6", "there is no EXT-X-ENDLIST");
        check_that(!ended_ || !hinted_, "M6", "there is a PRELOAD-HINT in a playlist that ends");
        check_that(type_ == "VOD", "M7", "its type is \"" + type_ + "\", not VOD");
        check_that(!media_.segments.empty(), "M13", "it names no segment");
        check_durations();
        check_ranges();
        return std::move(media_);
    }

  private:
    void check_that(bool holds, const std::string& rule, const std::string& otherwise) {
        if (!holds) {
            breaches_.push_back({rule, place_, otherwise});
        }
    }

    void read_line(const PlaylistLine& line) {
        if (line.tag == "EXT-X-TARGETDURATION") {
            char* end = nullptr;
            const long seconds = std::strtol(line.value.c_str(), &end, 10);
            check_that(*end == '\0', "M1", "its target duration is no whole number");
            media_.target_duration = static_cast<int>(seconds);
        } else if (line.tag == "EXT-X-PLAYLIST-TYPE") {
            type_ = line.value;
        } else if (line.tag == "EXT-X-ENDLIST") {
            ended_ = true;
        } else if (line.tag == "EXT-X-I-FRAMES-ONLY") {
            media_.only_i_frames = true;
        } else if (line.tag == "EXT-X-PRELOAD-HINT") {
            hinted_ = true;
        } else if (line.tag == "EXT-X-DISCONTINUITY") {
            discontinuous_ = true;
        } else if (line.tag == "EXT-X-MAP") {
            read_map(line.value);
        } else if (line.tag == "EXTINF") {
            duration_ = std::strtod(line.value.c_str(), nullptr);
        } else if (line.tag == "EXT-X-BYTERANGE") {
            range_ = line.value;
        } else if (line.tag.empty()) {
            add_segment(line.value);
        }
    }

    void read_map(const std::string& value) {
        const Attributes attributes(value, place_, breaches_);
        const bool is_another = !media_.inits.empty();
        check_that(!is_another || discontinuous_, "M12",
                   "the init section changes without EXT-X-DISCONTINUITY");
        check_that(stays_inside(attributes.text("URI")), "P4",
                   "the init section's address leads out of the folder");
        media_.inits.push_back(
            resource(attributes.text("URI"), attributes.has("BYTERANGE")
                                                 ? std::optional(attributes.text("BYTERANGE"))
                                                 : std::nullopt));
    }

    void add_segment(const std::string& address) {
        const std::string number = std::to_string(media_.segments.size());
        check_that(!media_.inits.empty(), "M8", "segment " + number + " has no EXT-X-MAP");
        check_that(duration_.has_value(), "M1", "segment " + number + " has no EXTINF");
        const std::size_t form = media_.inits.empty() ? 0 : media_.inits.size() - 1;
        media_.segments.push_back({duration_.value_or(0), resource(address, range_), form});
        duration_.reset();
        range_.reset();
        discontinuous_ = false;
    }

    Resource resource(const std::string& address, const std::optional<std::string>& range) {
        Resource named{address, std::nullopt, 0, {}};
        try {
            const Bytes whole = files_.bytes(folder_ / address);
            named.bytes = whole;
            named.size = whole.size();
            if (range) {
                take_range(*range, whole, named);
            }
        } catch (const Malformed& missing) {
            check_that(false, "P4", missing.what());
        }
        return named;
    }

    void take_range(const std::string& text, Bytes whole, Resource& named) {
        const auto range = parse_range(text);
        named.bytes = {};
        if (!range) {
            check_that(false, "M11", "the range \"" + text + "\" has no offset, or is none");
            return;
        }
        named.size = range->first;
        named.offset = range->second;
        if (*named.offset > whole.size() || named.size > whole.size() - *named.offset) {
            check_that(false, "M11", "the range " + text + " ends behind its file");
            return;
        }
        named.bytes = whole.subspan(*named.offset, named.size);
    }

    void check_durations() {
        for (std::size_t i = 0; i < media_.segments.size(); ++i) {
            const double duration = media_.segments[i].duration;
            const std::string what = "segment " + std::to_string(i) + " lasts " +
                                     std::to_string(duration) + " s, the target duration is " +
                                     std::to_string(media_.target_duration) + " s";
            check_that(duration > 0, "M10", "segment " + std::to_string(i) + " has no duration");
            check_that(std::floor(duration + 0.5) <= media_.target_duration, "M2", what);
            check_that(duration <= media_.target_duration + 0.5, "M3", what);
        }
    }

    void check_ranges() {
        const Resource none;
        const Resource* before = media_.inits.empty() ? &none : &media_.inits.front();
        for (std::size_t i = 0; i < media_.segments.size(); ++i) {
            const Resource& now = media_.segments[i].resource;
            const bool comparable = before->offset && now.offset && before->address == now.address;
            check_that(!comparable || *now.offset >= *before->offset + before->size, "M11",
                       "the range of segment " + std::to_string(i) + " overlaps what is before it");
            before = &now;
        }
    }

    fs::path folder_;
    const std::string& place_;
    Files& files_;
    Breaches& breaches_;
    ListedMedia media_;
    std::string type_;
    bool ended_ = false;
    bool hinted_ = false;
    bool discontinuous_ = false;
    std::optional<double> duration_;
    std::optional<std::string> range_;
};

} // namespace

Bytes Files::bytes(const fs::path& file) {
    auto& mapped = files_[file.lexically_normal()];
    if (!mapped) {
        mapped = std::make_unique<MappedFile>(file);
    }
    return mapped->bytes();
}

ListedMedia read_media_playlist(const fs::path& file, const std::string& place, Files& files,
                                Breaches& breaches) {
    const Bytes bytes = files.bytes(file);
    const std::string text(bytes.begin(), bytes.end());
    const auto lines = read_playlist_text(text, PlaylistKind::media, place, breaches);
    return MediaPlaylistReader(file.parent_path(), place, files, breaches).read(lines);
}

} // namespace hls_rules
