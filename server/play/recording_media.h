#pragma once

#include "catalog/clip.h"
#include "catalog/media/cut.h"
#include "catalog/media/media_playlist.h"
#include "catalog/withdrawn_span.h"
#include "server/http/open_file.h"
#include "server/http/stored_text.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server::play {

struct Stills;

/// One rendition ready to be served: its file open, its playlist written and compressed.
struct RenditionMedia {
    std::string name;
    std::shared_ptr<const http::OpenFile> file;
    std::string tag;  ///< of the file, for the ETags of its segments: `"1a2b-`
    catalog::media::MediaPlaylist playlist;
    std::shared_ptr<const http::StoredText> index;
    std::shared_ptr<const http::StoredText> delta;  ///< of a live one, for who has what came before
    std::uint64_t index_bytes = 0;  ///< of a live one's index on disk, to its last whole segment's end
    catalog::media::MediaPlaylist i_frames;               ///< of no segment where none are listed
    std::shared_ptr<const http::StoredText> i_frame_index;  ///< null where none are listed
};

/// A recording ready to be served, whole or a span of it. Never changed once made.
struct RecordingMedia {
    std::shared_ptr<const http::StoredText> main;
    std::shared_ptr<const http::StoredText> audio;  ///< null where there is no sound
    std::vector<RenditionMedia> renditions;         ///< the one that a player starts with first
    bool ended = false;
    bool is_live = false;                           ///< it grows by parts
    bool is_withheld_in_part = false;               ///< by something that was withdrawn and is still there
    /// Where what the video shows lies in the segments; empty where that is all of them.
    std::vector<catalog::media::ServedPiece> pieces;
    std::shared_ptr<const Stills> stills;           ///< null where there are none, or not yet

    /// Null where there is none of that name.
    const RenditionMedia* rendition(std::string_view name) const;
};

/// Reads `folder`. Texts that did not change since `before` (may be null) are shared with it.
/// Variants are listed once they have a segment. Null where nothing can be played yet, or the folder
/// is not there. What `withdrawn` of the recording takes from is withheld, or has a revision. Throws where
/// a file cannot be opened.
std::shared_ptr<const RecordingMedia> load_media(const std::filesystem::path& folder,
                                                 const RecordingMedia* before,
                                                 std::span<const catalog::WithdrawnSpan> withdrawn = {});
/// The same of a presentation of its own, whatever stills lie beside it.
std::shared_ptr<RecordingMedia> load_presentation(const std::filesystem::path& folder,
                                                  const RecordingMedia* before,
                                                  std::span<const catalog::WithdrawnSpan> withdrawn);

/// The segments of `whole` that hold something of `clip`, under their own numbers; the same ones of
/// every rendition. Null where there is none yet. While `whole` grows, a clip that it has passed
/// has ended.
std::shared_ptr<const RecordingMedia> cut_to(const RecordingMedia& whole, const catalog::Clip& clip);

} // namespace server::play
