#pragma once

#include "catalog/recording.h"
#include "catalog/result.h"
#include "catalog/transcode_job.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// The queue of transcode jobs.
class JobStore {
  public:
    explicit JobStore(Connection& connection) : connection_(connection) {}

    std::vector<TranscodeJob> all();
    std::optional<TranscodeJob> find(const JobId& id);
    /// A job that waits. At most one unfinished job a recording: gives that one where there is one.
    TranscodeJob add(const RecordingId& recording, time::UtcTime now);
    /// The oldest job that waits and whose back-off is over, or whose lease has run out; leased to
    /// `owner` until then, its attempt counted. Never two owners for one job.
    std::optional<TranscodeJob> lease(const std::string& owner, time::UtcTime now,
                                      std::chrono::milliseconds length);
    /// Refuses conflict where the lease is no longer `owner`s.
    Result<void> renew(const JobId& id, const std::string& owner, time::UtcTime until);
    void finish(const JobId& id);
    /// Waits again, from `not_before` on.
    void put_back(const JobId& id, time::UtcTime not_before);
    void fail(const JobId& id);
    /// Leases of every other owner end: at start, where no other process can hold one.
    void release_all();

  private:
    Connection& connection_;
};

} // namespace catalog::store
