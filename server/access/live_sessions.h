#pragma once

#include "server/access/grant.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <set>

namespace server::access {

/// The secretariat's sessions whose preview grants still count. A restart forgets them: the desk
/// then asks for a new grant. May be used by any thread.
class LiveSessions {
  public:
    void add(const SessionTag& session);
    void remove(const SessionTag& session);
    bool contains(const SessionTag& session) const;

  private:
    using Set = std::set<SessionTag>;
    std::mutex writing_;
    std::atomic<std::shared_ptr<const Set>> sessions_{std::make_shared<const Set>()};
};

} // namespace server::access
