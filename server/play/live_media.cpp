#include "server/play/live_media.h"

#include "catalog/media/served_playlist.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace server::play {

namespace {

using catalog::media::MediaPlaylist;

std::optional<std::string> text_behind(const std::filesystem::path& file, std::uint64_t offset) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream.seekg(static_cast<std::streamoff>(offset))) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

void hold_back_to_common(RecordingMedia& media) {
    auto common = catalog::media::last_part(media.renditions.front().playlist);
    for (const RenditionMedia& rendition : media.renditions) {
        common = std::min(common, catalog::media::last_part(rendition.playlist));
    }
    if (!common) {
        return;
    }
    for (RenditionMedia& rendition : media.renditions) {
        catalog::media::hold_back_to(rendition.playlist, *common);
    }
}

std::vector<std::string> names_beside(const RecordingMedia& media, const std::string& name) {
    std::vector<std::string> names;
    for (const RenditionMedia& rendition : media.renditions) {
        if (rendition.name != name) {
            names.push_back(rendition.name);
        }
    }
    return names;
}

/// Texts, and how far each index was read.
void finish(RecordingMedia& media, const std::vector<std::size_t>& known) {
    hold_back_to_common(media);
    for (std::size_t at = 0; at < known.size(); ++at) {
        RenditionMedia& rendition = media.renditions[at];
        rendition.index_bytes += catalog::media::segment_bytes(rendition.playlist, known[at]);
    }
    for (RenditionMedia& rendition : media.renditions) {
        const auto others = names_beside(media, rendition.name);
        rendition.index =
            http::store_text(catalog::media::to_live_text(rendition.playlist, others));
        rendition.delta =
            http::store_text(catalog::media::to_delta_text(rendition.playlist, others));
    }
}

} // namespace

void prepare_live(RecordingMedia& media) {
    media.is_live = true;
    for (RenditionMedia& rendition : media.renditions) {
        rendition.index_bytes = catalog::media::header_bytes(rendition.playlist);
    }
    finish(media, std::vector<std::size_t>(media.renditions.size(), 0));
}

std::shared_ptr<const RecordingMedia> load_grown(const std::filesystem::path& folder,
                                                 const RecordingMedia& before) {
    auto media = std::make_shared<RecordingMedia>(before);
    std::vector<std::size_t> known;
    for (RenditionMedia& rendition : media->renditions) {
        const auto tail = text_behind(folder / (rendition.name + ".m3u8"), rendition.index_bytes);
        MediaPlaylist& playlist = rendition.playlist;
        auto more = tail ? catalog::media::parse_file_tail(playlist, *tail)
                         : catalog::Result<MediaPlaylist>(catalog::refuse(
                               catalog::Refusal::not_ready, "an index cannot be read"));
        if (!more) {
            return nullptr;
        }
        known.push_back(playlist.segments.size());
        std::move(more->segments.begin(), more->segments.end(),
                  std::back_inserter(playlist.segments));
        playlist.open = std::move(more->open);
    }
    finish(*media, known);
    return media;
}

} // namespace server::play
