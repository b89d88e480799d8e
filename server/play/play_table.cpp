#include "server/play/play_table.h"

#include "server/play/live_media.h"

#include <utility>

namespace server::play {

PlayTable::PlayTable(std::filesystem::path media, std::function<void()> changed)
    : media_(std::move(media)), changed_(std::move(changed)), videos_(std::make_shared<const Videos>()) {}

std::shared_ptr<const VideoEntry> PlayTable::find(std::string_view video) const {
    const auto videos = current();
    const auto found = videos->find(video);
    return found != videos->end() ? found->second : nullptr;
}

/// Under the lock.
std::shared_ptr<const RecordingMedia> PlayTable::read(const catalog::RecordingId& recording,
                                                      const RecordingMedia* before) const {
    const auto withdrawn = withdrawn_.find(recording.text());
    return load_media(media_ / recording.text(), before,
                      withdrawn != withdrawn_.end() ? std::span(withdrawn->second)
                                                    : std::span<const catalog::WithdrawnSpan>());
}

void PlayTable::set_withdrawn(const std::vector<catalog::WithdrawnSpan>& withdrawn) {
    const std::lock_guard lock(writing_);
    withdrawn_.clear();
    for (const catalog::WithdrawnSpan& span : withdrawn) {
        withdrawn_[span.recording.text()].push_back(span);
    }
}

void PlayTable::set_withdrawn(const catalog::RecordingId& recording,
                              std::vector<catalog::WithdrawnSpan> withdrawn) {
    {
        const std::lock_guard lock(writing_);
        withdrawn_.insert_or_assign(recording.text(), std::move(withdrawn));
    }
    update_recording(recording);
}

std::shared_ptr<const RecordingMedia>
PlayTable::media_of(const catalog::RecordingId& recording) {
    const auto known = recordings_.find(recording.text());
    if (known != recordings_.end()) {
        return known->second;
    }
    auto media = read(recording, nullptr);
    recordings_.emplace(recording.text(), media);
    return media;
}

std::shared_ptr<const VideoEntry> PlayTable::entry_of(PlayableVideo video) {
    auto entry = std::make_shared<VideoEntry>();
    entry->offering = std::move(video.offering);
    entry->recording = std::move(video.recording);
    entry->download_name = std::move(video.download_name);
    entry->clip = catalog::Clip(video.span, std::move(video.cuts));
    for (PlayableVideo::Captions& captions : video.captions) {
        entry->captions.push_back(
            {std::move(captions.language), http::store_text(std::move(captions.webvtt))});
    }
    set_media(*entry);
    return entry;
}

void PlayTable::set_media(VideoEntry& entry) {
    entry.whole = entry.recording ? media_of(*entry.recording) : nullptr;
    entry.media = entry.whole && !entry.clip.is_whole() ? cut_to(*entry.whole, entry.clip) : entry.whole;
}

void PlayTable::rebuild(std::vector<PlayableVideo> videos) {
    const std::lock_guard lock(writing_);
    auto next = std::make_shared<Videos>();
    next->reserve(videos.size());
    std::unordered_map<std::string, std::shared_ptr<const RecordingMedia>> used;
    for (PlayableVideo& video : videos) {
        std::string id = video.id.text();
        auto entry = entry_of(std::move(video));
        if (entry->recording) {
            used.insert(*recordings_.find(entry->recording->text()));
        }
        next->emplace(std::move(id), std::move(entry));
    }
    recordings_ = std::move(used);
    videos_.store(std::move(next));
}

void PlayTable::put(PlayableVideo video) {
    const std::lock_guard lock(writing_);
    std::string id = video.id.text();
    auto next = std::make_shared<Videos>(*videos_.load());
    next->insert_or_assign(std::move(id), entry_of(std::move(video)));
    videos_.store(std::move(next));
}

void PlayTable::remove(const catalog::VideoId& video) {
    const std::lock_guard lock(writing_);
    auto next = std::make_shared<Videos>(*videos_.load());
    next->erase(video.text());
    videos_.store(std::move(next));
}

void PlayTable::update_recording(const catalog::RecordingId& recording) {
    {
        const std::lock_guard lock(writing_);
        const auto known = recordings_.find(recording.text());
        const auto before = known != recordings_.end() ? known->second : nullptr;
        show(recording, read(recording, before.get()));
    }
    changed_();
}

void PlayTable::grew(const catalog::RecordingId& recording) {
    {
        const std::lock_guard lock(writing_);
        const auto known = recordings_.find(recording.text());
        const auto before = known != recordings_.end() ? known->second : nullptr;
        const auto folder = media_ / recording.text();
        auto media = before && before->is_live ? load_grown(folder, *before) : nullptr;
        show(recording, media ? std::move(media) : read(recording, before.get()));
    }
    changed_();
}

/// Under the lock.
void PlayTable::show(const catalog::RecordingId& recording,
                     std::shared_ptr<const RecordingMedia> media) {
    recordings_.insert_or_assign(recording.text(), std::move(media));
    auto next = std::make_shared<Videos>(*videos_.load());
    for (auto& [id, entry] : *next) {
        if (entry->recording == recording) {
            auto changed = std::make_shared<VideoEntry>(*entry);
            set_media(*changed);
            entry = std::move(changed);
        }
    }
    videos_.store(std::move(next));
}

} // namespace server::play
