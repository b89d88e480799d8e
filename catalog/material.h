#pragma once

#include "catalog/audience.h"
#include "catalog/availability_window.h"

#include <cstdint>
#include <optional>
#include <string>

namespace catalog {

/// A handout. Belongs to a session or to a video, and has a window of its own to the minute.
struct Material {
    MaterialId id;
    SessionId session;                         ///< empty where it belongs to a video
    VideoId video;                             ///< empty where it belongs to a session
    ProgrammeItemId item;                      ///< empty where it belongs to the whole
    std::string title;
    std::string format;                        ///< pdf
    std::optional<time::Date> published_on;
    bool published = true;
    std::optional<Audience> audience;          ///< nothing: that of its session's or video's series
    std::optional<AvailabilityWindow> window;  ///< nothing: that of its session's or video's series
    std::string file;                          ///< name under `materials/`; empty: none uploaded yet
    std::string file_name;                     ///< what a download is called
    std::uint64_t bytes = 0;

    friend bool operator==(const Material&, const Material&) = default;
};

} // namespace catalog
