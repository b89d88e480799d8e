#include "server/play/recording_media.h"

#include "catalog/media/cut.h"
#include "catalog/media/media_folder.h"
#include "catalog/media/served_playlist.h"
#include "catalog/media/withdrawal.h"
#include "server/play/live_media.h"
#include "server/play/stills.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <sys/stat.h>

namespace server::play {

namespace {

using catalog::media::Cut;
using catalog::media::MediaFolder;
using catalog::media::MediaPlaylist;
using catalog::media::MultivariantPlaylist;
using http::StoredText;

/// Tells a file from the one that replaces it.
std::string tag_of(const http::OpenFile& file) {
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0) {
        throw std::system_error(errno, std::generic_category(), "look at a media file");
    }
    std::array<char, 16> digits{};
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), status.st_ino, 16);
    return '"' + std::string(digits.data(), written.ptr) + '-';
}

/// The text as it is, or the stored one that says the same.
std::shared_ptr<const StoredText> stored(std::string text,
                                         const std::shared_ptr<const StoredText>& before) {
    return before && before->plain == text ? before : http::store_text(std::move(text));
}

/// Without the variants that cannot be played yet.
std::optional<MultivariantPlaylist> playable(MultivariantPlaylist playlist,
                                             const MediaFolder& folder) {
    const auto is_missing = [&folder](const auto& part) {
        return !folder.renditions.contains(part.rendition);
    };
    if (std::any_of(playlist.audio.begin(), playlist.audio.end(), is_missing)) {
        return std::nullopt;
    }
    std::erase_if(playlist.variants, is_missing);
    if (!playlist.i_frames || !folder.i_frames || is_missing(*playlist.i_frames)) {
        playlist.i_frames.reset();
    }
    return playlist.variants.empty() ? std::nullopt : std::optional(std::move(playlist));
}

/// Parts of what was live until now are asked for a while longer (RFC 8216bis 6.2.2).
void keep_parts(MediaPlaylist& playlist, const MediaPlaylist& before) {
    if (playlist.age != MediaPlaylist::Age::ended || !before.part_target) {
        return;
    }
    for (std::size_t at = 0; at < std::min(playlist.segments.size(), before.segments.size()); ++at) {
        playlist.segments[at].parts = before.segments[at].parts;
    }
    if (before.open && before.segments.size() < playlist.segments.size()) {
        playlist.segments[before.segments.size()].parts = before.open->parts;
    }
}

using Withdrawn = std::span<const catalog::WithdrawnSpan>;

RenditionMedia rendition_of(const std::filesystem::path& folder, const std::string& name,
                            const MediaPlaylist& playlist, const RenditionMedia* before,
                            Withdrawn withdrawn) {
    RenditionMedia rendition;
    rendition.name = name;
    rendition.file = http::OpenFile::open(folder / playlist.file);
    rendition.tag = tag_of(*rendition.file);
    rendition.playlist = playlist;
    if (before != nullptr) {
        keep_parts(rendition.playlist, before->playlist);
    }
    revise(rendition.playlist, withdrawn, catalog::media::track_kind_of(name));
    rendition.index = before != nullptr && before->playlist == rendition.playlist
                          ? before->index
                          : http::store_text(to_served_text(rendition.playlist));
    return rendition;
}

void add_i_frames(RenditionMedia& rendition, const MediaPlaylist& i_frames,
                  const RenditionMedia* before) {
    rendition.i_frames = i_frames;
    rendition.i_frame_index = before != nullptr && before->i_frames == i_frames
                                  ? before->i_frame_index
                                  : http::store_text(to_served_text(i_frames));
}

/// The I-frames that lie in the segments of `part`, under their own numbers.
MediaPlaylist cut_i_frames(const MediaPlaylist& whole, const MediaPlaylist& part) {
    MediaPlaylist cut = whole;
    cut.segments.clear();
    std::size_t at = 0;
    for (const catalog::media::Segment& segment : part.segments) {
        while (at < whole.segments.size() && whole.segments[at].bytes.offset < segment.bytes.offset) {
            ++at;
        }
        bool is_first = true;
        while (at < whole.segments.size() && whole.segments[at].bytes.end() <= segment.bytes.end()) {
            cut.segments.push_back(whole.segments[at]);
            cut.numbers.push_back(whole.number_at(at++));
            if (std::exchange(is_first, false)) {
                cut.segments.back().head = segment.head;
            }
        }
    }
    if (!cut.numbers.empty()) {
        cut.first_number = cut.numbers.front();
        if (cut.numbers.back() - cut.numbers.front() + 1 == cut.numbers.size()) {
            cut.numbers.clear();
        }
    }
    return cut;
}

} // namespace

const RenditionMedia* RecordingMedia::rendition(std::string_view name) const {
    for (const RenditionMedia& known : renditions) {
        if (known.name == name) {
            return &known;
        }
    }
    return nullptr;
}

std::shared_ptr<RecordingMedia> load_presentation(const std::filesystem::path& path,
                                                  const RecordingMedia* before, Withdrawn withdrawn) {
    auto folder = catalog::media::read_media_folder(path);
    if (!folder) {
        if (folder.error().kind == catalog::Refusal::invalid) {
            spdlog::error("{} cannot be played: {}", path.string(), folder.error().message);
        }
        return nullptr;
    }
    const auto main = playable(folder->main, *folder);
    if (!main) {
        return nullptr;
    }
    auto media = std::make_shared<RecordingMedia>();
    media->main = stored(to_served_text(*main), before != nullptr ? before->main : nullptr);
    if (const auto audio = folder->audio ? playable(*folder->audio, *folder) : std::nullopt) {
        media->audio = stored(to_served_text(*audio), before != nullptr ? before->audio : nullptr);
    }
    for (const auto& [name, playlist] : folder->renditions) {
        const RenditionMedia* known = before != nullptr ? before->rendition(name) : nullptr;
        media->renditions.push_back(rendition_of(path, name, playlist, known, withdrawn));
        if (folder->i_frames && folder->main.i_frames->rendition == name) {
            revise(*folder->i_frames, withdrawn, catalog::media::TrackKind::picture);
            add_i_frames(media->renditions.back(), *folder->i_frames, known);
        }
    }
    const auto starts_first = [&main](const RenditionMedia& rendition) {
        return rendition.name == main->variants.front().rendition;
    };
    std::stable_partition(media->renditions.begin(), media->renditions.end(), starts_first);
    media->ended = folder->ended();
    media->is_withheld_in_part = std::ranges::any_of(withdrawn, [](const catalog::WithdrawnSpan& each) {
        return each.state == catalog::WithdrawnSpan::State::withheld;
    });
    const auto has_parts = [](const RenditionMedia& rendition) {
        return rendition.playlist.part_target.has_value();
    };
    if (!media->ended && std::ranges::all_of(media->renditions, has_parts)) {
        prepare_live(*media);
    }
    return media;
}

std::shared_ptr<const RecordingMedia> load_media(const std::filesystem::path& path,
                                                 const RecordingMedia* before, Withdrawn withdrawn) {
    auto media = load_presentation(path, before, withdrawn);
    if (media) {
        media->stills = load_stills(path / "stills", withdrawn);
    }
    return media;
}

std::shared_ptr<const RecordingMedia> cut_to(const RecordingMedia& whole, const catalog::Clip& clip) {
    // Sound is cut a frame beside the picture: one rendition decides for all.
    const MediaPlaylist& first = whole.renditions.front().playlist;
    const Cut cut = cut_of(first, clip);
    if (cut.runs.empty()) {
        return nullptr;
    }
    auto part = std::make_shared<RecordingMedia>();
    part->main = whole.main;
    part->audio = whole.audio;
    part->ended = true;
    if (whole.stills) {
        part->stills = cut_to(*whole.stills, clip);
    }
    for (const RenditionMedia& rendition : whole.renditions) {
        RenditionMedia cut_rendition = rendition;
        cut_rendition.playlist = cut_playlist(rendition.playlist, cut);
        cut_rendition.index = http::store_text(to_served_text(cut_rendition.playlist));
        if (rendition.i_frame_index) {
            const auto i_frames = cut_i_frames(rendition.i_frames, cut_rendition.playlist);
            add_i_frames(cut_rendition, i_frames, nullptr);
        }
        part->ended =
            part->ended && cut_rendition.playlist.age == MediaPlaylist::Age::ended;
        part->renditions.push_back(std::move(cut_rendition));
    }
    part->pieces = served_pieces(cut, clip, first.age);
    return part;
}

} // namespace server::play
