#pragma once

#include "server/handover/file_names.h"
#include "server/handover/folder.h"

#include <filesystem>

namespace server::handover {

/// Whether the recordings go along as they were uploaded.
enum class Sources { left_out, included };

/// Puts the finished recording whose folder is `media` into the handover: a presentation of its own.
/// Throws std::runtime_error with a sentence for people where it is not whole.
void put_recording(Folder& folder, const catalog::Recording& recording,
                   const std::filesystem::path& media, Sources sources);

/// Puts the playlists of a span of a recording, whose files they name. None of I-frames.
void put_span(Folder& folder, const catalog::Video& video, const std::filesystem::path& media);

} // namespace server::handover
