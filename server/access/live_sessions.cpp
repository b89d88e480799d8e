#include "server/access/live_sessions.h"

namespace server::access {

void LiveSessions::add(const SessionTag& session) {
    const std::lock_guard lock(writing_);
    auto next = std::make_shared<Set>(*sessions_.load());
    next->insert(session);
    sessions_.store(std::move(next));
}

void LiveSessions::remove(const SessionTag& session) {
    const std::lock_guard lock(writing_);
    auto next = std::make_shared<Set>(*sessions_.load());
    next->erase(session);
    sessions_.store(std::move(next));
}

bool LiveSessions::contains(const SessionTag& session) const {
    return sessions_.load()->contains(session);
}

} // namespace server::access
