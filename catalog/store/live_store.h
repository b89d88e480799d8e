#pragma once

#include "catalog/live_stream.h"
#include "catalog/result.h"

#include <optional>
#include <string>
#include <vector>

namespace catalog::store {

class Connection;

/// Live streams, one a live entry.
class LiveStore {
  public:
    explicit LiveStore(Connection& connection) : connection_(connection) {}

    std::vector<LiveStream> all();
    std::optional<LiveStream> find(const VideoId& video);
    std::optional<LiveStream> find_by_key(const std::string& key_hash);
    /// The stream's one key from now on; makes the stream where there is none.
    void set_key(const VideoId& video, const std::string& key_hash, const AccountId& made_by,
                 UtcTime now);
    /// A publisher is there: live from now on.
    void begin(const VideoId& video, const RecordingId& recording, UtcTime now);
    /// The publisher is gone. Nothing happens to a stream that is not live.
    void interrupt(const VideoId& video, UtcTime now);
    void end(const VideoId& video, UtcTime now);
    void set_break(const VideoId& video, LiveStream::Break pause);
    void set_trim(const VideoId& video, const Span& trim);

  private:
    Connection& connection_;
};

} // namespace catalog::store
