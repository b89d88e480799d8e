#include "catalog/media/media_folder.h"

#include <algorithm>
#include <fstream>
#include <system_error>

namespace catalog::media {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view i_frames_ending = "-iframes.m3u8";

/// Nothing where there is no such file. Throws where one cannot be read.
std::optional<std::string> read_text(const fs::path& file) {
    if (!fs::exists(file)) {
        return std::nullopt;
    }
    std::ifstream stream;
    stream.exceptions(std::ios::badbit | std::ios::failbit);
    stream.open(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

Error not_ready() {
    return refuse(Refusal::not_ready, "動画はまだ準備中です。");
}

Error invalid(const fs::path& file, const std::string& why) {
    return refuse(Refusal::invalid, file.filename().string() + ": " + why);
}

/// The renditions that a multivariant playlist names.
void add_names(const MultivariantPlaylist& playlist, std::set<std::string>& names) {
    for (const Variant& variant : playlist.variants) {
        names.insert(variant.rendition);
    }
    for (const AudioRendition& audio : playlist.audio) {
        names.insert(audio.rendition);
    }
}

std::uint64_t indexed_end(const MediaPlaylist& playlist) {
    std::uint64_t end = playlist.init.end();
    for (const Segment& segment : playlist.segments) {
        end = std::max(end, segment.bytes.end());
    }
    return end;
}

/// The index of what `content` says of a rendition; nothing where there is none yet.
Result<std::optional<MediaPlaylist>> read_index(const fs::path& folder, const std::string& name,
                                                MediaPlaylist::Content content) {
    const bool is_i_frames = content == MediaPlaylist::Content::i_frames;
    const fs::path index = folder / (is_i_frames ? i_frames_file_of(name) : name + ".m3u8");
    const auto text = read_text(index);
    if (!text) {
        return std::nullopt;
    }
    auto playlist = parse_file_text(*text);
    if (!playlist) {
        return invalid(index, playlist.error().message);
    }
    if (playlist->content != content) {
        return invalid(index, is_i_frames ? "it names more than I-frames"
                                          : "it names nothing but I-frames");
    }
    if (playlist->file != name + ".mp4") {
        return invalid(index, "it names another file, " + playlist->file);
    }
    std::error_code missing;
    const auto size = fs::file_size(folder / playlist->file, missing);
    if (missing || indexed_end(*playlist) > size) {
        return invalid(index, "it names bytes beyond the end of " + playlist->file);
    }
    return std::optional(std::move(*playlist));
}

/// Nothing where there is no such file.
Result<std::optional<MultivariantPlaylist>> read_multivariant(const fs::path& file) {
    const auto text = read_text(file);
    if (!text) {
        return std::nullopt;
    }
    auto playlist = parse_multivariant_file_text(*text);
    if (!playlist) {
        return invalid(file, playlist.error().message);
    }
    std::set<std::string> names;
    add_names(*playlist, names);
    if (!std::ranges::all_of(names, is_rendition_name)) {
        return invalid(file, "it names a rendition by no valid name");
    }
    if (playlist->i_frames && !names.contains(playlist->i_frames->rendition)) {
        return invalid(file, "it names the I-frames of a rendition that it does not name");
    }
    return std::optional(std::move(*playlist));
}

} // namespace

bool is_rendition_name(std::string_view name) {
    constexpr std::size_t longest = 16;
    const auto is_allowed = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return name.size() >= 2 && name.size() <= longest && (name[0] == 'v' || name[0] == 'a') &&
           is_digit(name[1]) && std::ranges::all_of(name, is_allowed);
}

std::string i_frames_file_of(std::string_view name) {
    return std::string(name).append(i_frames_ending);
}

bool is_i_frames_file(std::string_view file) {
    return file.ends_with(i_frames_ending) &&
           is_rendition_name(file.substr(0, file.size() - i_frames_ending.size()));
}

std::set<std::string> MediaFolder::names() const {
    std::set<std::string> names;
    add_names(main, names);
    if (audio) {
        add_names(*audio, names);
    }
    return names;
}

bool MediaFolder::ended() const {
    const auto has_ended = [this](const std::string& name) {
        const auto found = renditions.find(name);
        return found != renditions.end() && found->second.age == MediaPlaylist::Age::ended;
    };
    return std::ranges::all_of(names(), has_ended);
}

std::chrono::microseconds MediaFolder::duration() const {
    std::chrono::microseconds longest{0};
    for (const auto& [name, playlist] : renditions) {
        longest = std::max(longest, playlist.duration());
    }
    return longest;
}

Result<MediaFolder> read_media_folder(const fs::path& folder) {
    auto main = read_multivariant(folder / "main.m3u8");
    if (!main) {
        return main.error();
    }
    if (!*main) {
        return not_ready();
    }
    auto audio = read_multivariant(folder / "audio.m3u8");
    if (!audio) {
        return audio.error();
    }
    MediaFolder media{std::move(**main), std::move(*audio), {}, std::nullopt};
    for (const std::string& name : media.names()) {
        auto rendition = read_index(folder, name, MediaPlaylist::Content::all);
        if (!rendition) {
            return rendition.error();
        }
        if (*rendition && !(*rendition)->segments.empty()) {
            media.renditions.emplace(name, std::move(**rendition));
        }
    }
    if (media.renditions.empty()) {
        return not_ready();
    }
    if (media.main.i_frames) {
        const std::string& name = media.main.i_frames->rendition;
        auto i_frames = read_index(folder, name, MediaPlaylist::Content::i_frames);
        if (!i_frames) {
            return i_frames.error();
        }
        media.i_frames = std::move(*i_frames);
    }
    return media;
}

} // namespace catalog::media
