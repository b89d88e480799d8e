#pragma once

#include "catalog/clip.h"
#include "catalog/result.h"
#include "catalog/store/data_folder.h"
#include "catalog/video.h"
#include "server/jobs/child.h"
#include "server/net/offload.h"
#include "server/net/task_group.h"
#include "server/settings.h"

#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <variant>

namespace catalog::store {
class Catalog;
}

namespace server::jobs {

/// Makes a file of a recording when somebody asks for it, one after the other, by a transcoder that
/// encodes nothing. What was made is kept for a week, in a folder of its own: it can be made again at
/// any time. Verbs may be called from any thread.
class Downloads {
  public:
    Downloads(const catalog::store::DataFolder& folder, const Settings& settings)
        : folder_(folder), settings_(settings) {}
    Downloads(const Downloads&) = delete;
    Downloads& operator=(const Downloads&) = delete;
    ~Downloads() { join(); }

    /// Begins to work, on `tasks`' executor.
    void start(net::asio::any_io_executor executor, net::TaskGroup& tasks);
    /// Takes no more work and ends what runs.
    void stop();
    void join() { threads_.join(); }

    /// A recording that is ready, and what is shown of it.
    struct Wanted {
        catalog::RecordingId recording;
        catalog::Clip clip;
        std::uint64_t bytes = 0;  ///< it will have about so many
    };
    struct Ready {
        std::uint64_t bytes = 0;
    };
    struct Making {};
    using State = std::variant<Ready, Making>;
    /// It is there, or is being made from now on. Refuses: no_space; try_later where it could not be
    /// made since it was last asked for. Looks at the disk.
    catalog::Result<State> ask(const Wanted& wanted);

    /// The recording is being removed: so are its files, and what is being made of it.
    void end(const catalog::RecordingId& recording);
    /// Removes what no video of the catalog may be taken along as, and what has lain there for a week.
    void sweep(catalog::store::Catalog& catalog);

  private:
    net::Task<> serve(std::shared_ptr<net::asio::steady_timer> bell);
    net::Task<> make(const Wanted& wanted);
    /// Nothing where there is none.
    std::optional<Wanted> next();
    void ring();
    void settle(const Wanted& wanted, const std::string& how);
    bool is_at_work_on(const std::string& file) const;
    std::filesystem::path path_of(const Wanted& wanted) const;

    const catalog::store::DataFolder& folder_;
    const Settings& settings_;
    mutable std::mutex mutex_;  ///< of what follows
    bool stopping_ = false;
    std::deque<Wanted> waiting_;
    std::optional<Wanted> at_work_;
    std::unique_ptr<Child> child_;
    std::set<std::string> failed_;  ///< files that could not be made since they were asked for
    std::shared_ptr<net::asio::steady_timer> bell_;  ///< null where it does not work
    net::Pool threads_{1};
};

} // namespace server::jobs
