#include "server/upload/upload_locks.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <vector>

namespace server::upload {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;

constexpr auto patience = 15s;

/// Wakes one task of any thread: its timer belongs to that task's executor.
class Alarm {
  public:
    explicit Alarm(const asio::any_io_executor& executor)
        : timer_(executor, asio::steady_timer::time_point::max()) {}

    /// Runs on the alarm's executor.
    void ring() {
        rung_ = true;
        timer_.cancel();
    }
    net::Task<> wait(asio::steady_timer::time_point until) {
        if (rung_)
            co_return;
        timer_.expires_at(until);
        co_await timer_.async_wait(net::outcome);
    }
    auto executor() { return timer_.get_executor(); }

  private:
    asio::steady_timer timer_;
    bool rung_ = false;
};

void ring(const std::shared_ptr<Alarm>& alarm) {
    asio::post(alarm->executor(), [alarm] { alarm->ring(); });
}

} // namespace

struct UploadLocks::Holder {
    explicit Holder(const asio::any_io_executor& executor)
        : stop(std::make_shared<Alarm>(executor)) {}
    std::shared_ptr<Alarm> stop;
    std::vector<std::shared_ptr<Alarm>> waiting;  ///< under the locks' mutex
};

UploadLocks::Lock::Lock(UploadLocks& locks, catalog::UploadId id, std::shared_ptr<Holder> holder)
    : locks_(&locks), id_(std::move(id)), holder_(std::move(holder)) {}

UploadLocks::Lock::~Lock() {
    if (holder_)
        locks_->give_back(id_, holder_);
}

net::Task<> UploadLocks::Lock::asked_to_stop() const {
    const auto alarm = holder_->stop;
    co_await alarm->wait(asio::steady_timer::time_point::max());
}

net::Task<std::optional<UploadLocks::Lock>> UploadLocks::take(catalog::UploadId id) {
    const auto executor = co_await asio::this_coro::executor;
    const auto give_up = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < give_up) {
        const auto freed = std::make_shared<Alarm>(executor);
        {
            const std::lock_guard lock(mutex_);
            auto& holder = holders_[id];
            if (!holder) {
                holder = std::make_shared<Holder>(executor);
                co_return Lock(*this, id, holder);
            }
            ring(holder->stop);
            holder->waiting.push_back(freed);
        }
        co_await freed->wait(give_up);
    }
    co_return std::nullopt;
}

void UploadLocks::give_back(const catalog::UploadId& id, const std::shared_ptr<Holder>& holder) {
    const std::lock_guard lock(mutex_);
    holders_.erase(id);
    for (const auto& waiting : holder->waiting)
        ring(waiting);
}

} // namespace server::upload
