#pragma once

#include "catalog/clip.h"
#include "catalog/video.h"

#include <string>
#include <string_view>

namespace server::play {

/// Where the file of a video is asked for, behind its grant.
inline constexpr std::string_view download_address = "download.mp4";

/// What the file of a recording, or of what a clip shows of it, is called where such files lie.
std::string download_file_of(const catalog::RecordingId& recording, const catalog::Clip& clip);

/// What it is called where somebody takes it to: "脱炭素社会に向けた市区町村の役割.mp4".
std::string download_name_of(const catalog::Video& video);

} // namespace server::play
