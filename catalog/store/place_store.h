#pragma once

#include "catalog/id.h"

#include <chrono>
#include <optional>

namespace catalog::store {

class Connection;

/// How far each account watched each video: where it goes on the next time.
class PlaceStore {
  public:
    explicit PlaceStore(Connection& connection) : connection_(connection) {}

    /// Nothing: from the beginning.
    std::optional<std::chrono::milliseconds> find(const AccountId& account, const VideoId& video);
    void put(const AccountId& account, const VideoId& video, std::chrono::milliseconds at);
    /// It was watched to its end, or is to be begun anew.
    void remove(const AccountId& account, const VideoId& video);

  private:
    Connection& connection_;
};

} // namespace catalog::store
