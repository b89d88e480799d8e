#pragma once

#include "catalog/result.h"
#include "catalog/session.h"

#include <map>
#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// How often what calendars show of a session has changed, and when last.
struct SessionRevision {
    int sequence;
    time::UtcTime changed;
};

/// Sessions with their programmes.
class SessionStore {
  public:
    explicit SessionStore(Connection& connection) : connection_(connection) {}

    /// By first possible day, those without one last.
    std::vector<Session> all();
    std::optional<Session> find(const SessionId& id);
    /// Of every session.
    std::map<SessionId, SessionRevision> revisions();
    /// Adds it, or replaces what has its id, programme included.
    void put(const Session& session);
    /// Refuses not_found; conflict: a video or a material belongs to it, or somebody's attendance is known.
    Result<void> remove(const SessionId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
