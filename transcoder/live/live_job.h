#pragma once

#include "catalog/time/utc_time.h"
#include "transcoder/av/live_input.h"

#include <filesystem>
#include <string>

namespace transcoder::live {

/// What a run of a live recording is asked to do.
struct LiveJob {
    enum class Does { goes_on, ends } does = Does::goes_on;
    std::filesystem::path folder;
    av::LiveInput::Container container = av::LiveInput::Container::flv;
    catalog::time::UtcTime begins_at;   ///< when the publisher's first byte came
    std::string language = "ja";
    unsigned threads = 0;               ///< 0: as many as there are cores
};

} // namespace transcoder::live
