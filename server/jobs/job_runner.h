#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "server/catalog_thread.h"
#include "server/jobs/bell.h"
#include "server/jobs/found_captions.h"
#include "server/jobs/transcoding.h"
#include "server/net/task_group.h"
#include "server/play/play_table.h"
#include "server/settings.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace server::jobs {

/// Has recordings transcoded, a few at a time, and their media shown as they grow. A transcoder that
/// dies is started again and goes on where it was; one that dies three times without a new segment
/// fails its recording. Verbs may be called from any thread; its tasks run on one executor.
class JobRunner {
  public:
    struct Parts {
        const catalog::store::DataFolder& folder;
        const Settings::Transcoding& settings;
        const catalog::time::Clock& clock;
        CatalogThread& writer;
        play::PlayTable& play_table;
    };
    explicit JobRunner(const Parts& parts);
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    ~JobRunner() { join(); }

    /// Begins to work, on `tasks`' executor.
    void start(net::asio::any_io_executor executor, net::TaskGroup& tasks);
    /// There may be work.
    void wake();
    /// Takes no more work and ends what runs; that goes on at the next start.
    void stop();
    /// Waits until its threads have done what was asked of them.
    void join() { threads_.join(); }

    /// Of a recording that is being transcoded.
    std::optional<Progress> progress(const catalog::RecordingId& recording) const;
    /// Ends the transcoder at work on it, if any: the recording is being removed.
    void end(const catalog::RecordingId& recording);

  private:
    struct Work {
        catalog::TranscodeJob job;
        catalog::Recording recording;
    };
    struct Found {
        std::optional<Work> work;
        bool some_wait = false;  ///< for their back-off to end
    };
    class AtWork;

    net::Task<> serve(std::shared_ptr<Bell> bell);
    /// Does a job, if there is one; gives how long to wait until the next look.
    net::Task<std::chrono::milliseconds> take_turn();
    net::Task<Found> next();
    net::Task<> transcode(Work work);
    net::Task<Transcoding::Outcome> run(const Work& work, Transcoding& transcoding);
    net::Task<> heard(const Work& work, const Event& event);
    net::Task<> show(catalog::RecordingId recording);
    net::Task<> renew(const Work& work);
    net::Task<> settle(const Work& work, Transcoding::Outcome outcome);
    net::Task<FoundCaptions> found_in(const Work& work);
    void finish(catalog::store::Catalog& catalog, const Work& work, const Finished& finished,
                const FoundCaptions& found);
    void fail(catalog::store::Catalog& catalog, const Work& work, const Failed& failed);
    /// Another try, unless it died too often without getting on.
    void try_again(catalog::store::Catalog& catalog, const Work& work, const Failed& failed,
                   Transcoding::Died::Killed killed);

    /// What is known of one that is being worked on.
    struct Running {
        Transcoding* transcoding = nullptr;
        std::optional<Progress> progress;
        bool has_news = false;        ///< segments that the play table does not show yet
        bool got_on = false;          ///< since it was started
        std::chrono::steady_clock::time_point renewed;
    };

    Parts parts_;
    std::string owner_;
    std::atomic<bool> stopping_{false};
    mutable std::mutex mutex_;  ///< of what follows
    std::map<catalog::RecordingId, Running> running_;
    std::map<catalog::RecordingId, int> deaths_;  ///< in a row, without getting on
    std::vector<std::shared_ptr<Bell>> bells_;
    net::Pool threads_{2};
};

} // namespace server::jobs
