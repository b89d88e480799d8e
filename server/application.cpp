#include "server/application.h"

#include "server/api/opened_materials.h"
#include "server/api/removal.h"
#include "server/api/routes.h"
#include "server/jobs/remade_folder.h"
#include "server/upload/routes.h"

#include <boost/asio/steady_timer.hpp>

#include <unistd.h>

namespace server {
namespace {

using namespace std::chrono_literals;
using catalog::store::Catalog;

constexpr unsigned reading_threads = 4;
constexpr auto between_chores = 10min;

catalog::time::Zone zone_of(const Settings& settings) {
    if (const auto zone = catalog::time::Zone::named(settings.site.zone))
        return *zone;
    throw std::runtime_error("This machine does not know the time zone " + settings.site.zone +
                             ". Install tzdata.");
}

const catalog::store::DataFolder& made(const catalog::store::DataFolder& folder) {
    catalog::store::create(folder);
    return folder;
}

/// The names under which this machine is reached where the settings name none.
std::vector<std::string> hosts_of(const Settings& settings, const net::Listening& listening) {
    if (!settings.site.hosts.empty())
        return settings.site.hosts;
    std::array<char, 256> name{};
    std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]", listening.address};
    if (::gethostname(name.data(), name.size() - 1) == 0)
        hosts.emplace_back(name.data());
    return hosts;
}

http::Site::Transport transport_of(const Settings& settings) {
    return settings.site.tls ? http::Site::Transport::behind_tls : http::Site::Transport::plain;
}

net::Limits limits_of(const Settings& settings) {
    net::Limits limits;
    limits.connections = static_cast<std::size_t>(settings.limits.connections);
    limits.head = settings.limits.header;
    limits.idle = settings.limits.idle;
    return limits;
}

} // namespace

Application::Application(Options options)
    : options_(std::move(options)), zone_(zone_of(options_.settings)),
      writer_(made(options_.folder)), readers_(options_.folder, reading_threads),
      keys_(access::GrantKeys::load(options_.folder.secrets())),
      sign_ins_({writer_, readers_, live_sessions_, *options_.clock}, options_.settings.sign_in,
                transport_of(options_.settings)),
      play_table_(options_.folder.media(), [this] { server_.wake(); }),
      play_(play_table_, keys_, live_sessions_, *options_.clock, options_.settings.playback.grant,
            options_.folder.downloads()),
      jobs_({options_.folder, options_.settings.transcoding, *options_.clock, writer_,
             play_table_}),
      page_makers_({options_.folder, options_.settings.transcoding, *options_.clock, writer_}),
      downloads_(options_.folder, options_.settings),
      withdrawals_({options_.folder, options_.settings.transcoding, writer_, play_table_, downloads_}),
      stream_secret_(access::StreamSecret::load(options_.folder.secrets())),
      live_({options_.folder, options_.settings, *options_.clock, writer_, readers_, play_table_}),
      uploads_({options_.folder, options_.settings.uploads, *options_.clock, writer_, readers_,
                play_table_, [this] { wake_workers(); }}),
      pages_(options_.share, options_.settings.site, readers_, play_table_, *options_.clock),
      services_{options_.settings, options_.folder, zone_,          *options_.clock, writer_,
                readers_,          play_table_,     play_,          keys_,           live_sessions_,
                sign_ins_,         uploads_,        jobs_,          downloads_,      withdrawals_, live_,
                viewers_,          stream_secret_,  options_.ingest},
      site_(make_site()),
      server_(options_.listening, limits_of(options_.settings), site_),
      tasks_(server_.executor()),
      control_({options_.folder, *options_.clock, zone_, writer_, play_table_, live_},
               server_.executor()) {
    writer_.run_now([this](Catalog& catalog) {
        catalog.jobs.release_all();
        // No back-off outlives a restart: the clock may stand elsewhere now.
        for (const auto& job : catalog.jobs.all())
            if (job.state == catalog::TranscodeJob::State::waiting)
                catalog.jobs.put_back(job.id, options_.clock->now());
        catalog.documents.release_all();
        jobs::recover_remade_folders(catalog, options_.folder);
        api::finish_removals(catalog, options_.folder);
        uploads_.recover(catalog);
        play_table_.set_withdrawn(catalog.withdrawals.all());
        play_table_.rebuild(play::playable_videos(catalog));
        live_.recover(catalog);
        downloads_.sweep(catalog);
    });
    tasks_.spawn("the commands", control_.serve(tasks_));
    tasks_.spawn("the chores", do_chores());
    jobs_.start(server_.executor(), tasks_);
    page_makers_.start(server_.executor(), tasks_);
    downloads_.start(server_.executor(), tasks_);
    withdrawals_.start(server_.executor(), tasks_);
    live_.start(server_.executor(), tasks_);
    take_publishers();
}

void Application::wake_workers() {
    jobs_.wake();
    page_makers_.wake();
}

void Application::take_publishers() {
    if (const auto& rtmp = options_.ingest.rtmp) {
        rtmp_.emplace(*rtmp, live_, tasks_, server_.executor());
        tasks_.spawn("publishers by RTMP", rtmp_->serve());
    }
    if (const auto& srt = options_.ingest.srt)
        srt_.emplace(*srt, live_, stream_secret_, tasks_, server_.executor());
}

Application::~Application() {
    // What threads still do brings its value home to the server's contexts: those go last.
    writer_.join();
    readers_.join();
    sign_ins_.join();
    jobs_.join();
    page_makers_.join();
    downloads_.join();
    withdrawals_.join();
    live_.join();
    uploads_.join();
}

http::Site Application::make_site() {
    http::Site site;
    api::add_health(site.router);
    api::add_sign_in(site.router, services_);
    api::add_videos(site.router, services_);
    api::add_watching(site.router, services_);
    api::add_downloads(site.router, services_);
    api::add_materials(site.router, services_);
    api::add_search(site.router, services_);
    api::add_questions(site.router, services_);
    api::add_line_check(site.router, services_);
    api::add_desk_videos(site.router, services_);
    api::add_desk_captions(site.router, services_);
    api::add_desk_chapters(site.router, services_);
    api::add_desk_clips(site.router, services_);
    api::add_desk_withdrawals(site.router, services_);
    api::add_desk_live(site.router, services_);
    api::add_desk_report(site.router, services_);
    api::add_desk_choices(site.router, services_);
    api::add_desk_windows(site.router, services_);
    api::add_desk_see_as(site.router, services_);
    api::add_desk_accounts(site.router, services_);
    api::add_desk_audit(site.router, services_);
    api::add_desk_tables(site.router, services_);
    api::add_desk_sessions(site.router, services_);
    api::add_desk_materials(site.router, services_);
    api::add_desk_notices(site.router, services_);
    api::add_adviser_links(site.router, services_);
    api::add_second_step(site.router, services_);
    api::add_desk_departments(site.router, services_);
    upload::add_routes(site.router, services_);
    pages_.add_routes(site.router, api::keep_opened(services_));
    site.resolve = [this](const http::Request& request) { return sign_ins_.caller(request); };
    site.at_once = [this](const http::Head& head) { return play_.answer(head); };
    site.wait = [this](const http::Head& head) { return play_.wait(head); };
    site.refusal_page = [this](const http::Request& request, const http::Caller& caller,
                               const catalog::Error& error) {
        return pages_.refusal(request, caller, error);
    };
    site.hosts = hosts_of(options_.settings, options_.listening);
    site.embedding_hosts = options_.settings.site.embedding_hosts;
    site.transport = transport_of(options_.settings);
    return site;
}

net::Task<> Application::do_chores() {
    net::asio::steady_timer timer(co_await net::asio::this_coro::executor);
    for (;;) {
        try {
            co_await uploads_.remove_expired();
        } catch (const std::exception& broken) {
            spdlog::error("Expired uploads stay for now: {}", broken.what());
        }
        try {
            auto sweep = [this](Catalog& catalog) { downloads_.sweep(catalog); };
            co_await readers_.run(std::move(sweep));
        } catch (const std::exception& broken) {
            spdlog::error("Downloads stay for now: {}", broken.what());
        }
        timer.expires_after(between_chores);
        co_await timer.async_wait(net::asio::use_awaitable);
    }
}

void Application::run() { server_.run(); }

void Application::stop() {
    jobs_.stop();
    page_makers_.stop();
    downloads_.stop();
    withdrawals_.stop();
    tasks_.cancel();
    server_.stop();
}

} // namespace server
