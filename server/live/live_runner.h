#pragma once

#include "catalog/live_stream.h"
#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "server/catalog_thread.h"
#include "server/live/publication.h"
#include "server/net/task_group.h"
#include "server/play/play_table.h"
#include "server/settings.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace server::live {

/// What is known of a stream that is being published, or was a moment ago.
struct LiveStatus {
    std::string protocol;                          ///< "rtmp", "srt"
    catalog::time::UtcTime since;                  ///< when this publisher came
    bool is_published = false;
    std::optional<jobs::PublisherSeen> publisher;  ///< nothing until it was looked at
    std::vector<std::string> renditions;
    std::vector<std::string> dropped;
    std::chrono::milliseconds media{0};            ///< the live edge, in the recording's time
    /// When the edge last moved; nothing: not yet since this publisher came.
    std::optional<std::chrono::steady_clock::time_point> moved;
    std::string warning;                           ///< empty: none
};

/// As viewers see it: one whose publisher is still there, but sends nothing, is interrupted.
catalog::LiveStream as_seen(catalog::LiveStream stream, const std::optional<LiveStatus>& status);

/// Lets publishers in, one a stream, and has what they send made into a recording that grows; ends
/// streams, and finishes what ended. What says "on the executor" is called there only; the rest may
/// be called from any thread.
class LiveRunner {
  public:
    struct Parts {
        const catalog::store::DataFolder& folder;
        const Settings& settings;
        const catalog::time::Clock& clock;
        CatalogThread& writer;
        CatalogReaders& readers;
        play::PlayTable& play_table;
    };
    struct Asking {
        std::string key;
        std::string protocol;
        Publication::Container container = Publication::Container::flv;
        std::function<void()> cut;  ///< sends this publisher away; may be called again
    };

    explicit LiveRunner(const Parts& parts) : parts_(parts) {}
    LiveRunner(const LiveRunner&) = delete;
    LiveRunner& operator=(const LiveRunner&) = delete;
    ~LiveRunner() { join(); }

    /// What a server that ended left: no stream is live, those that had a publisher wait for it, and
    /// those that ended are finished. Called once, before `start`, on the writer.
    void recover(catalog::store::Catalog& catalog);
    /// Begins to work, on `tasks`' executor.
    void start(net::asio::any_io_executor executor, net::TaskGroup& tasks);
    /// Waits until its threads have done what was asked of them.
    void join() { threads_.join(); }

    /// Whether somebody with this key may publish now; gives the stream's video. Refuses
    /// wrong_credentials, not_yet_open, closed, conflict, each in words for who publishes. On the
    /// executor.
    net::Task<catalog::Result<catalog::VideoId>> examine(std::string key);
    /// As `examine`, and lets in. What is given is told of every piece, and closed at the end. On the
    /// executor.
    net::Task<catalog::Result<std::shared_ptr<Publication>>> admit(Asking asking);

    /// Nothing where nobody has published since the server began.
    std::optional<LiveStatus> status(const catalog::VideoId& video) const;
    /// A stream was ended in the catalog: sends its publisher away, and makes its archive.
    void finish(const catalog::VideoId& video);
    /// Ends all work on a recording that is being removed.
    void abandon(const catalog::RecordingId& recording);

  private:
    /// A stream that is published, or is about to be.
    struct Slot {
        catalog::RecordingId recording;
        std::shared_ptr<Publication> publication;  ///< null: about to be
    };
    struct Entry {
        catalog::Video video;
        catalog::LiveStream stream;
    };
    class Reserved;

    net::Task<catalog::Result<Entry>> entry_of(std::string key);
    catalog::Result<void> judge(const Entry& entry) const;
    bool is_taken(const catalog::VideoId& video) const;
    net::Task<catalog::Result<void>> take_over(catalog::VideoId video);
    net::Task<catalog::RecordingId> begin(catalog::VideoId video);
    std::shared_ptr<Publication> publication_for(const catalog::VideoId& video,
                                                 const catalog::RecordingId& recording,
                                                 const Asking& asking);
    net::Task<> serve(catalog::VideoId video, std::shared_ptr<Publication> publication);
    net::Task<> heard(catalog::VideoId video, catalog::RecordingId recording, const jobs::Event& event);
    net::Task<> watch();
    net::Task<> end_gone(catalog::VideoId video);

    net::Task<> make_archive(catalog::VideoId video);
    net::Task<> wait_until_free(catalog::VideoId video);
    net::Task<jobs::Transcoding::Outcome> run_ending(catalog::VideoId video, catalog::RecordingId recording);
    net::Task<> show_archive(catalog::VideoId video, catalog::RecordingId recording);
    net::Task<> settle(catalog::RecordingId recording, jobs::Transcoding::Outcome outcome);

    Parts parts_;
    net::asio::any_io_executor executor_;
    net::TaskGroup* tasks_ = nullptr;

    // On the executor.
    std::map<catalog::VideoId, Slot> slots_;
    std::map<catalog::VideoId, std::chrono::steady_clock::time_point> gone_since_;
    std::set<catalog::VideoId> finishing_;
    std::set<catalog::VideoId> left_unfinished_;  ///< by the server before this one

    mutable std::mutex mutex_;
    std::map<catalog::VideoId, LiveStatus> statuses_;              ///< under mutex_
    std::map<catalog::RecordingId, jobs::Transcoding*> endings_;   ///< under mutex_
    net::Pool threads_{2};
};

} // namespace server::live
