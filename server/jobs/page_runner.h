#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "server/catalog_thread.h"
#include "server/jobs/bell.h"
#include "server/jobs/transcoding.h"
#include "server/net/task_group.h"
#include "server/settings.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace server::jobs {

/// Has the pages of handouts made, one handout after the other. What cannot be made into pages stays a
/// handout without: its document says why. Verbs may be called from any thread; its task runs on one
/// executor.
class PageRunner {
  public:
    struct Parts {
        const catalog::store::DataFolder& folder;
        const Settings::Transcoding& settings;
        const catalog::time::Clock& clock;
        CatalogThread& writer;
    };
    explicit PageRunner(const Parts& parts);
    PageRunner(const PageRunner&) = delete;
    PageRunner& operator=(const PageRunner&) = delete;
    ~PageRunner() { join(); }

    /// Begins to work, on `tasks`' executor, where the settings have anything made here.
    void start(net::asio::any_io_executor executor, net::TaskGroup& tasks);
    /// There may be work.
    void wake();
    /// Takes no more work and ends what runs; that begins anew at the next start.
    void stop();
    /// Waits until its threads have done what was asked of them.
    void join() { threads_.join(); }

  private:
    struct Found {
        std::optional<catalog::Document> work;
        bool some_wait = false;  ///< for their back-off to end
    };
    net::Task<> serve(std::shared_ptr<Bell> bell);
    /// Does some work, if there is any; gives how long to wait until the next look.
    net::Task<std::chrono::milliseconds> take_turn();
    net::Task<Found> next();
    net::Task<> make(catalog::Document document);
    net::Task<Transcoding::Outcome> run(const catalog::Document& document, Transcoding& transcoding);
    net::Task<> renew(const catalog::Document& document);
    net::Task<> settle(const catalog::Document& document, Transcoding::Outcome outcome);
    /// Another try, unless it was the last.
    catalog::Result<void> try_again(catalog::store::Catalog& catalog, const catalog::Document& document,
                                    const std::string& why);
    std::filesystem::path folder_of(const catalog::Document& document) const;

    Parts parts_;
    std::string owner_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;  ///< of what follows
    Transcoding* at_work_ = nullptr;
    std::shared_ptr<Bell> bell_;
    net::Pool threads_{2};
};

} // namespace server::jobs
