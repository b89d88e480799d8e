#pragma once

#include "server/http/reply.h"
#include "server/play/play_table.h"

#include <filesystem>

namespace server::play {

/// A video's file, out of the folder where such files lie. Refuses not_found where it may not be taken
/// along, or has not been made.
catalog::Result<http::Reply> download_reply(const VideoEntry& video, const std::filesystem::path& downloads);

} // namespace server::play
