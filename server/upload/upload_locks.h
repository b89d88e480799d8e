#pragma once

#include "catalog/id.h"
#include "server/net/task.h"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace server::upload {

/// One request at a time works on an upload. A newer one has the older told to stop (its line may
/// be dead without anybody knowing), and waits until it has. May be used by any thread.
class UploadLocks {
    struct Holder;

  public:
    /// The right to work on an upload; given back when it goes.
    class Lock {
      public:
        Lock(Lock&&) noexcept = default;
        Lock& operator=(Lock&&) = delete;
        ~Lock();
        /// Ends when somebody else asks for the upload. To be awaited by its owner's task only.
        net::Task<> asked_to_stop() const;

      private:
        friend class UploadLocks;
        Lock(UploadLocks& locks, catalog::UploadId id, std::shared_ptr<Holder> holder);
        UploadLocks* locks_;
        catalog::UploadId id_;
        std::shared_ptr<Holder> holder_;
    };

    /// Nothing where whoever holds it has not let go in time.
    net::Task<std::optional<Lock>> take(catalog::UploadId id);

  private:
    void give_back(const catalog::UploadId& id, const std::shared_ptr<Holder>& holder);

    std::mutex mutex_;
    std::map<catalog::UploadId, std::shared_ptr<Holder>> holders_;
};

} // namespace server::upload
