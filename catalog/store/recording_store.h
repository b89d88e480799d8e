#pragma once

#include "catalog/recording.h"
#include "catalog/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Uploaded and captured masters.
class RecordingStore {
  public:
    explicit RecordingStore(Connection& connection) : connection_(connection) {}

    /// Newest first.
    std::vector<Recording> all();
    std::optional<Recording> find(const RecordingId& id);
    void add(const Recording& recording);
    /// Queued or failed becomes working.
    void begin(const RecordingId& id);
    void finish(const RecordingId& id, std::chrono::milliseconds duration,
                std::chrono::milliseconds lost);
    void fail(const RecordingId& id, const std::string& kind, const std::string& sentence);
    /// What was uploaded is no longer kept.
    void forget_source(const RecordingId& id);
    /// Back to queued, its failure forgotten: somebody asked for another try.
    void requeue(const RecordingId& id);
    /// Its jobs go too. Refuses not_found, conflict (a video still uses it).
    Result<void> remove(const RecordingId& id);

  private:
    Connection& connection_;
};

} // namespace catalog::store
