#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/withdrawn_span.h"
#include "server/catalog_thread.h"
#include "server/jobs/bell.h"
#include "server/jobs/downloads.h"
#include "server/jobs/transcoding.h"
#include "server/net/task_group.h"
#include "server/play/play_table.h"
#include "server/settings.h"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace server::jobs {

/// Has the bytes of withdrawn spans removed: a recording's folder is made anew without them, and takes the
/// place of the one that holds them. What they are in is withheld until then, whatever happens. Where it
/// cannot be made it is tried again, less and less often. Verbs may be called from any thread; its task
/// runs on one executor.
class WithdrawalRunner {
  public:
    struct Parts {
        const catalog::store::DataFolder& folder;
        const Settings::Transcoding& settings;
        CatalogThread& writer;
        play::PlayTable& play_table;
        Downloads& downloads;
    };
    explicit WithdrawalRunner(const Parts& parts) : parts_(parts) {}
    WithdrawalRunner(const WithdrawalRunner&) = delete;
    WithdrawalRunner& operator=(const WithdrawalRunner&) = delete;
    ~WithdrawalRunner() { join(); }

    /// Begins to work, on `tasks`' executor.
    void start(net::asio::any_io_executor executor, net::TaskGroup& tasks);
    /// There is something to remove, or somebody wants what failed tried at once.
    void wake();
    /// Takes no more work and ends what runs; that begins anew at the next start.
    void stop();
    /// Waits until its threads have done what was asked of them.
    void join() { threads_.join(); }

    struct Status {
        double fraction = 0;                 ///< of what is being made, 0 to 1
        std::optional<std::string> failure;  ///< why it could not be made the last time
    };
    /// Of a recording that is being made anew, or could not be; nothing where it waits, or nothing is to do.
    std::optional<Status> status(const catalog::RecordingId& recording) const;

    /// The recording is being removed.
    void end(const catalog::RecordingId& recording);

  private:
    /// A recording of which something is to be removed, and all that was withdrawn of it.
    struct Work {
        catalog::RecordingId recording;
        std::vector<catalog::WithdrawnSpan> withdrawn;
    };
    /// What is known of a recording whose last try failed.
    struct Failure {
        std::string why;
        int tries = 0;
        std::chrono::steady_clock::time_point again;
    };

    net::Task<> serve(std::shared_ptr<Bell> bell);
    /// Does some work, if there is any; gives how long to wait until the next look.
    net::Task<std::chrono::milliseconds> take_turn();
    net::Task<std::vector<Work>> to_do();
    net::Task<> make(Work work);
    net::Task<Transcoding::Outcome> run(const Work& work);
    /// It takes its place, unless the recording is gone.
    net::Task<> put_in_place(const Work& work);
    void note_failure(const catalog::RecordingId& recording, const std::string& why);
    std::chrono::milliseconds pause_before(const catalog::RecordingId& recording) const;

    Parts parts_;
    mutable std::mutex mutex_;  ///< of what follows
    bool stopping_ = false;
    std::optional<catalog::RecordingId> at_work_on_;
    Transcoding* at_work_ = nullptr;
    double fraction_ = 0;
    std::map<catalog::RecordingId, Failure> failures_;
    std::shared_ptr<Bell> bell_;
    net::Pool threads_{2};
};

} // namespace server::jobs
