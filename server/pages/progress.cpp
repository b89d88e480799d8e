#include "server/pages/progress.h"

#include <algorithm>

namespace server::pages {

Progress::Progress(const Library& library)
    : library_(library), is_known_(library.visit().viewer.kind == catalog::Viewer::Kind::staff) {
    if (is_known_) {
        for (auto& [video, seconds] :
             library.catalog().watching.of_account(library.visit().viewer.account)) {
            watched_.emplace(video, std::move(seconds));
        }
    }
}

std::optional<Progress::Part> Progress::part(const catalog::Video& video) const {
    const auto found = watched_.find(video.id);
    if (found == watched_.end()) {
        return std::nullopt;
    }
    const auto recording = video.recording ? library_.catalog().recordings.find(*video.recording)
                                           : std::nullopt;
    const auto shown = catalog::shown_of(video, recording);
    if (!shown) {
        return std::nullopt;
    }
    return Part{found->second.count_in(*shown), catalog::seconds_of(*shown),
                catalog::is_watched(found->second, *shown)};
}

bool Progress::has_watched(const catalog::Video& video) const {
    const auto part = this->part(video);
    return part && part->is_watched;
}

Data Progress::told(const catalog::Video& video) const {
    if (!is_known_) {
        return none();
    }
    const auto& messages = library_.visit().messages();
    const auto part = this->part(video);
    if (part && part->is_watched) {
        return Data(messages.text("video.watched"));
    }
    if (!part || part->played == std::chrono::seconds(0)) {
        return Data(messages.text("video.unwatched"));
    }
    // What was begun is never nothing.
    const auto percent = std::max<std::int64_t>(1, part->played * 100 / part->shown);
    return Data(messages.text("video.watched_part", {{"percent", std::to_string(percent)}}));
}

} // namespace server::pages
