#pragma once

#include "catalog/time/zone.h"
#include "server/access/grant.h"
#include "server/access/live_sessions.h"
#include "server/access/sign_ins.h"
#include "server/access/stream_key.h"
#include "server/catalog_thread.h"
#include "server/control/listener.h"
#include "server/http/site.h"
#include "server/jobs/downloads.h"
#include "server/jobs/job_runner.h"
#include "server/jobs/page_runner.h"
#include "server/jobs/withdrawal_runner.h"
#include "server/live/live_runner.h"
#include "server/live/rtmp_listener.h"
#include "server/live/srt_listener.h"
#include "server/live/viewers.h"
#include "server/net/server.h"
#include "server/net/task_group.h"
#include "server/pages/pages.h"
#include "server/play/play.h"
#include "server/play/play_table.h"
#include "server/services.h"
#include "server/upload/uploads.h"

#include <memory>

namespace server {

/// A site that runs: its catalog, its media, what answers, and what works in the background.
/// Constructed means that what a crash left half done is finished, and that it listens.
class Application {
  public:
    struct Options {
        catalog::store::DataFolder folder;
        Settings settings;
        net::Listening listening;
        IngestAddresses ingest = {};
        std::unique_ptr<catalog::time::Clock> clock;
        std::filesystem::path share;  ///< what the player's build made
    };
    /// Makes the data folder where there is none. Throws std::runtime_error with a sentence for
    /// people where it cannot run.
    explicit Application(Options options);
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;
    ~Application();

    std::uint16_t port() const { return server_.port(); }
    /// All that it answers.
    const http::Router& router() const { return site_.router; }
    net::asio::any_io_executor executor() { return server_.executor(); }

    /// Answers until `stop` was called and what ran has ended, or its time is over.
    void run();
    /// From any thread.
    void stop();

  private:
    http::Site make_site();
    net::Task<> do_chores();
    void take_publishers();
    /// There may be recordings or handouts to work on.
    void wake_workers();

    Options options_;
    catalog::time::Zone zone_;
    CatalogThread writer_;
    CatalogReaders readers_;
    access::GrantKeys keys_;
    access::LiveSessions live_sessions_;
    access::SignIns sign_ins_;
    play::PlayTable play_table_;
    play::Play play_;
    jobs::JobRunner jobs_;
    jobs::PageRunner page_makers_;
    jobs::Downloads downloads_;
    jobs::WithdrawalRunner withdrawals_;
    access::StreamSecret stream_secret_;
    live::LiveRunner live_;
    live::Viewers viewers_;
    upload::Uploads uploads_;
    pages::Pages pages_;
    Services services_;
    http::Site site_;
    net::Server server_;
    net::TaskGroup tasks_;
    control::Listener control_;
    std::optional<live::RtmpListener> rtmp_;
    std::optional<live::SrtListener> srt_;
};

} // namespace server
