#pragma once

#include "catalog/media/media_playlist.h"

#include <filesystem>

namespace transcoder::folder {

/// Where the I-frames lie that the fragments of a finished rendition of the picture begin with: from
/// each `moof` to the end of its first sample. What it says follows from the bytes of `file` and its
/// index alone. Throws where the file cannot be read, or was not written by `av::fragment`.
catalog::media::MediaPlaylist i_frames_of(const std::filesystem::path& file,
                                          const catalog::media::MediaPlaylist& index);

} // namespace transcoder::folder
