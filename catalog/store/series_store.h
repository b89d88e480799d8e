#pragma once

#include "catalog/series.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// Series in their order of display.
class SeriesStore {
  public:
    explicit SeriesStore(Connection& connection) : connection_(connection) {}

    std::vector<Series> all();
    std::optional<Series> find(const SeriesId& id);
    /// That of a video or a material: its own, or that of the session or video which it belongs to.
    std::optional<Series> of_video(const VideoId& video);
    std::optional<Series> of_material(const MaterialId& material);
    /// Adds it, or replaces what has its id.
    void put(const Series& series);

  private:
    Connection& connection_;
};

} // namespace catalog::store
