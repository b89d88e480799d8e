#include "transcoder/live/live_folder.h"

#include <algorithm>
#include <limits>

namespace transcoder::live {

LiveFolder::LiveFolder(const std::filesystem::path& folder, const std::vector<std::string>& names)
    : waiting_(names.size()) {
    beats_ = std::numeric_limits<std::size_t>::max();
    for (const auto& name : names)
        beats_ = std::min(beats_, RenditionFile::parts_in(folder, name));
    for (const auto& name : names)
        files_.push_back(std::make_unique<RenditionFile>(folder, name, beats_));
    end_ = to_ticks(files_.front()->duration());
}

bool LiveFolder::has_unlanded() const {
    const auto waits = [](const std::deque<Piece>& pieces) { return !pieces.empty(); };
    return !cuts_.empty() || std::ranges::any_of(waiting_, waits);
}

std::optional<Landed> LiveFolder::land() {
    const auto is_missing = [](const std::deque<Piece>& pieces) { return pieces.empty(); };
    if (cuts_.empty() || std::ranges::any_of(waiting_, is_missing))
        return std::nullopt;
    const auto beat = std::move(cuts_.front());
    cuts_.pop_front();
    for (std::size_t i = 0; i < files_.size(); ++i) {
        files_[i]->append(waiting_[i].front(), beat.opening);
        waiting_[i].pop_front();
    }
    for (const auto& file : files_)
        file->list(beat.segment);
    if (beat.opening)
        part_ = 0;
    ++beats_;
    end_ = beat.end;
    return Landed{segments() - 1, part_++, beat.segment, beat.end};
}

} // namespace transcoder::live
