#pragma once

#include "server/play/recording_media.h"

#include <filesystem>
#include <memory>

namespace server::play {

/// Makes the texts of a live recording, as far as all its renditions have come: a beat that is not in
/// all indexes is shown to nobody, for it would not survive a crash.
void prepare_live(RecordingMedia& media);

/// What a live recording has become: reads what was appended to its indexes since `before` and nothing
/// else, however long it is. Null where that cannot be read on: then it is to be loaded anew.
std::shared_ptr<const RecordingMedia> load_grown(const std::filesystem::path& folder,
                                                 const RecordingMedia& before);

} // namespace server::play
