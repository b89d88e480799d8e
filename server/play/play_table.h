#pragma once

#include "catalog/admission.h"
#include "catalog/clip.h"
#include "catalog/id.h"
#include "catalog/video.h"
#include "server/play/recording_media.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace catalog::store {
class Catalog;
}

namespace server::play {

/// What the table must know of a video; the catalog's part of it.
struct PlayableVideo {
    struct Captions {
        std::string language;
        std::string webvtt;
    };
    catalog::VideoId id;
    catalog::Offering offering;
    std::optional<catalog::RecordingId> recording;
    std::optional<catalog::Span> span;
    std::vector<catalog::Span> cuts;
    std::vector<Captions> captions;
    std::string download_name = {};  ///< of its file; empty where it may not be taken along
};

/// All videos of the catalog, inheritance resolved; or one, nothing where it is unknown.
std::vector<PlayableVideo> playable_videos(catalog::store::Catalog& catalog);
std::optional<PlayableVideo> playable_video(catalog::store::Catalog& catalog,
                                            const catalog::VideoId& id);

/// A video ready to be served.
struct VideoEntry {
    struct Captions {
        std::string language;
        std::shared_ptr<const http::StoredText> text;
    };
    catalog::Offering offering;
    std::optional<catalog::RecordingId> recording;
    catalog::Clip clip{std::nullopt, {}};
    std::shared_ptr<const RecordingMedia> media;  ///< of its clip; null where none is playable
    std::shared_ptr<const RecordingMedia> whole;  ///< all of its recording, for the secretariat alone
    std::vector<Captions> captions;
    std::string download_name;  ///< of its file; empty where it may not be taken along
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// Windows and media of every video, in memory: the hot path asks nothing else. A reader takes
/// `current()`, a value that never changes; whoever changes the catalog or a recording calls a verb
/// here before it answers. Verbs may be called from any thread; they read files, so not from a
/// context's.
class PlayTable {
  public:
    using Videos = std::unordered_map<std::string, std::shared_ptr<const VideoEntry>, TextHash,
                                      std::equal_to<>>;

    /// `media`: the folder of recordings' folders. `changed` is called after a recording has changed,
    /// for those who wait for what was not there, by the thread that called a verb.
    explicit PlayTable(std::filesystem::path media, std::function<void()> changed = [] {});
    PlayTable(const PlayTable&) = delete;
    PlayTable& operator=(const PlayTable&) = delete;

    std::shared_ptr<const Videos> current() const { return videos_.load(); }
    /// Null where it is unknown.
    std::shared_ptr<const VideoEntry> find(std::string_view video) const;

    /// What was withdrawn of all recordings, before their media are read: at start.
    void set_withdrawn(const std::vector<catalog::WithdrawnSpan>& withdrawn);
    /// What was withdrawn of a recording, from now on: its media are read anew.
    void set_withdrawn(const catalog::RecordingId& recording,
                       std::vector<catalog::WithdrawnSpan> withdrawn);
    /// Exactly these from now on. Media of recordings that were there already are kept as they are.
    void rebuild(std::vector<PlayableVideo> videos);
    /// Adds one, or replaces what has its id.
    void put(PlayableVideo video);
    void remove(const catalog::VideoId& video);
    /// A live recording has begun, or lists other renditions than before. Reads its folder.
    void begin_live(const catalog::RecordingId& recording) { update_recording(recording); }
    /// Beats of it have landed: reads what was appended to its indexes.
    void grew(const catalog::RecordingId& recording);
    /// Reads a recording's folder anew: it grew, ended, was replaced or is gone.
    void update_recording(const catalog::RecordingId& recording);

  private:
    std::shared_ptr<const RecordingMedia> media_of(const catalog::RecordingId& recording);
    std::shared_ptr<const VideoEntry> entry_of(PlayableVideo video);
    void set_media(VideoEntry& entry);
    void show(const catalog::RecordingId& recording, std::shared_ptr<const RecordingMedia> media);
    std::shared_ptr<const RecordingMedia> read(const catalog::RecordingId& recording,
                                               const RecordingMedia* before) const;

    std::filesystem::path media_;
    std::function<void()> changed_;
    std::mutex writing_;
    std::unordered_map<std::string, std::shared_ptr<const RecordingMedia>> recordings_;
    std::unordered_map<std::string, std::vector<catalog::WithdrawnSpan>> withdrawn_;  ///< by recording
    std::atomic<std::shared_ptr<const Videos>> videos_;
};

} // namespace server::play
