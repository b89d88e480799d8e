#include "tests/support/hls_rules/playlist_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace hls_rules {

namespace {

/// Tags of media playlists alone, with the version that each needs (RFC 8216bis 8).
const std::map<std::string, int, std::less<>> media_tags{
    {"EXTINF", 1},
    {"EXT-X-BYTERANGE", 4},
    {"EXT-X-DISCONTINUITY", 1},
    {"EXT-X-KEY", 1},
    {"EXT-X-MAP", 6},
    {"EXT-X-PROGRAM-DATE-TIME", 1},
    {"EXT-X-GAP", 1},
    {"EXT-X-BITRATE", 1},
    {"EXT-X-PART", 1},
    {"EXT-X-TARGETDURATION", 1},
    {"EXT-X-MEDIA-SEQUENCE", 1},
    {"EXT-X-DISCONTINUITY-SEQUENCE", 1},
    {"EXT-X-ENDLIST", 1},
    {"EXT-X-PLAYLIST-TYPE", 1},
    {"EXT-X-I-FRAMES-ONLY", 4},
    {"EXT-X-PART-INF", 1},
    {"EXT-X-SERVER-CONTROL", 1},
    {"EXT-X-SKIP", 9},
    {"EXT-X-PRELOAD-HINT", 1},
    {"EXT-X-RENDITION-REPORT", 1},
    {"EXT-X-DATERANGE", 1},
};

const std::set<std::string, std::less<>> multivariant_tags{
    "EXT-X-MEDIA",        "EXT-X-STREAM-INF",  "EXT-X-I-FRAME-STREAM-INF",
    "EXT-X-SESSION-DATA", "EXT-X-SESSION-KEY", "EXT-X-CONTENT-STEERING"};

const std::set<std::string, std::less<>> tags_used_once{
    "EXT-X-VERSION",       "EXT-X-TARGETDURATION", "EXT-X-MEDIA-SEQUENCE",
    "EXT-X-PLAYLIST-TYPE", "EXT-X-I-FRAMES-ONLY",  "EXT-X-DISCONTINUITY-SEQUENCE",
    "EXT-X-PART-INF",      "EXT-X-SERVER-CONTROL", "EXT-X-INDEPENDENT-SEGMENTS",
    "EXT-X-START",         "EXT-X-ENDLIST"};

/// Well-formed UTF-8 without what it forbids (overlong forms, surrogates, beyond U+10FFFF).
bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = first < 0x80                     ? 1
                                   : first >= 0xC2 && first <= 0xDF ? 2
                                   : first >= 0xE0 && first <= 0xEF ? 3
                                   : first >= 0xF0 && first <= 0xF4 ? 4
                                                                    : 0;
        if (length == 0 || at + length > text.size()) {
            return false;
        }
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            const bool too_low =
                i == 1 && ((first == 0xE0 && next < 0xA0) || (first == 0xF0 && next < 0x90));
            const bool too_high =
                i == 1 && ((first == 0xED && next > 0x9F) || (first == 0xF4 && next > 0x8F));
            if ((next & 0xC0U) != 0x80U || too_low || too_high) {
                return false;
            }
        }
        at += length;
    }
    return true;
}

PlaylistLine read_line(std::string_view line) {
    if (!line.starts_with('#')) {
        return {"", std::string(line)};
    }
    const auto colon = line.find(':');
    return {std::string(line.substr(1, colon == std::string_view::npos ? colon : colon - 1)),
            std::string(colon == std::string_view::npos ? "" : line.substr(colon + 1))};
}

std::vector<PlaylistLine> split(std::string_view text) {
    std::vector<PlaylistLine> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const bool is_comment = line.starts_with('#') && !line.starts_with("#EXT");
        if (!line.empty() && !is_comment) {
            lines.push_back(read_line(line));
        }
    }
    return lines;
}

int needed_version(const std::vector<PlaylistLine>& lines) {
    int needed = 1;
    const bool only_i_frames =
        std::ranges::count(lines, "EXT-X-I-FRAMES-ONLY", &PlaylistLine::tag) > 0;
    for (const PlaylistLine& line : lines) {
        const auto known = media_tags.find(line.tag);
        const bool needs_less = line.tag == "EXT-X-MAP" && only_i_frames;
        needed = std::max(needed, known == media_tags.end() ? 1 : needs_less ? 5 : known->second);
        if (line.tag == "EXTINF" && line.value.find('.') != std::string::npos) {
            needed = std::max(needed, 3);
        }
        if (line.tag == "EXT-X-DEFINE") {
            needed = std::max(needed, 8);
        }
    }
    return needed;
}

} // namespace

bool stays_inside(std::string_view address) {
    const bool is_absolute =
        address.starts_with('/') || address.find(':') != std::string_view::npos;
    const bool climbs =
        address.starts_with("../") || address.find("/../") != std::string_view::npos;
    return !address.empty() && !is_absolute && !climbs &&
           address.find("_HLS_") == std::string_view::npos;
}

std::vector<PlaylistLine> read_playlist_text(std::string_view text, PlaylistKind kind,
                                             const std::string& place, Breaches& breaches) {
    const auto note = [&](const char* rule, const std::string& what) {
        breaches.push_back({rule, place, what});
    };
    if (!is_utf8(text)) {
        note("P1", "it is not UTF-8");
    }
    if (!text.starts_with("#EXTM3U\n") && !text.starts_with("#EXTM3U\r\n")) {
        note("P1", "its first line is not #EXTM3U");
    }
    const auto lines = split(text);
    std::map<std::string, int> counts;
    std::string version;
    for (const PlaylistLine& line : lines) {
        if (tags_used_once.contains(line.tag) && ++counts[line.tag] == 2) {
            note(line.tag == "EXT-X-VERSION" ? "P3" : "P1", line.tag + " stands there twice");
        }
        const bool is_foreign = kind == PlaylistKind::media ? multivariant_tags.contains(line.tag)
                                                            : media_tags.contains(line.tag);
        if (is_foreign) {
            note("P1", line.tag + " belongs into the other kind of playlist");
        }
        if (line.tag.empty() && !stays_inside(line.value)) {
            note("P4", "\"" + line.value + "\" leads out of the folder");
        }
        version = line.tag == "EXT-X-VERSION" ? line.value : version;
    }
    const int needed = needed_version(lines);
    if (version.empty()) {
        note("P3", "there is no EXT-X-VERSION");
    } else if (std::atoi(version.c_str()) < needed) {
        note("P3", "its version is " + version + ", but it needs " + std::to_string(needed));
    }
    return lines;
}

} // namespace hls_rules
