#pragma once

#include "catalog/store/catalog.h"
#include "server/services.h"

#include <nlohmann/json.hpp>

#include <string_view>
#include <unordered_map>
#include <vector>

namespace server::api {

/// "draft", "upcoming", "open" or "closed".
std::string_view state_of(const catalog::Offering& offering, catalog::time::UtcTime now);

/// What the secretariat sees of videos: D and R of server/README.md. Reads at once what all of them
/// need; lives as long as one answer is made.
class DeskView {
  public:
    DeskView(catalog::store::Catalog& catalog, const Services& services);

    nlohmann::json describe(const catalog::Video& video) const;

    /// Newest upload first; those without one last, in their own order.
    std::vector<catalog::Video> in_order(std::vector<catalog::Video> videos) const;

  private:
    const catalog::Series* series_of(const catalog::Video& video) const;
    nlohmann::json describe_recording(const catalog::Recording& recording,
                                      const catalog::Video& video) const;
    /// Other videos that show it.
    nlohmann::json shown_by(const catalog::RecordingId& recording, const catalog::VideoId& but) const;
    nlohmann::json upload_of(const catalog::VideoId& video) const;

    catalog::store::Catalog& catalog_;
    const Services& services_;
    catalog::time::UtcTime now_;
    std::unordered_map<catalog::SeriesId, catalog::Series> series_;
    std::unordered_map<catalog::RecordingId, catalog::Recording> recordings_;
    std::unordered_map<catalog::RecordingId, int> attempts_;
    std::vector<catalog::Upload> uploads_;
};

} // namespace server::api
