#pragma once

#include "catalog/store/catalog.h"
#include "catalog/time/zone.h"
#include "catalog/window_change.h"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace server::api {

/// Something that has a window: a series, a video or a material.
struct WindowedItem {
    enum class Kind { series, video, material };
    Kind kind;
    std::string id;
    friend auto operator<=>(const WindowedItem&, const WindowedItem&) = default;
};

/// What can be changed of one.
struct WindowState {
    std::optional<catalog::AvailabilityWindow> window;  ///< nothing: the series'; never nothing of a series
    std::optional<bool> published;                      ///< nothing of a series
    friend bool operator==(const WindowState&, const WindowState&) = default;
};

/// A change to many: what becomes of windows, and whether they are published (nothing: as they are).
struct BatchChange {
    catalog::WindowChange window;
    std::optional<bool> published;
};

/// What would become of one.
struct ChangePreview {
    WindowedItem item;
    WindowState now;
    catalog::Result<WindowState> then;
};

/// All that has a window, as the catalog has it at one moment. A copy may be changed, and then shows what follows.
class WindowsView {
  public:
    explicit WindowsView(catalog::store::Catalog& catalog);

    std::optional<WindowState> state(const WindowedItem& item) const;
    /// Of something that is there.
    void set(const WindowedItem& item, const WindowState& state);
    std::string title(const WindowedItem& item) const;
    /// The window that counts, inheritance resolved.
    catalog::AvailabilityWindow effective(const WindowedItem& item) const;
    /// What decides about a video or a material.
    catalog::Offering offering(const WindowedItem& item) const;
    /// Null where a video or a material belongs to none.
    const catalog::Series* series_of(const WindowedItem& item) const;
    const catalog::Session* session_of(const WindowedItem& item) const;
    /// What a change of its window is worked out from.
    catalog::WindowOwner owner(const WindowedItem& item) const;

    /// Videos that a change of these touches: themselves, and those that inherit from a series of them.
    std::vector<catalog::VideoId> touched_videos(const std::vector<WindowedItem>& items) const;

    /// Everything, for choosing from: the answer of GET /api/desk/windows without its "now".
    nlohmann::json all(catalog::time::UtcTime now) const;
    /// What a clerk should know of an item as it is here, compared with `before`: W of server/README.md.
    nlohmann::json warnings(const WindowedItem& item, const WindowsView& before, catalog::time::UtcTime now,
                            const catalog::time::Zone& zone) const;

    const std::map<std::string, catalog::Video>& videos() const { return videos_; }
    const std::map<std::string, catalog::Material>& materials() const { return materials_; }
    const std::map<std::string, catalog::Series>& series() const { return series_; }
    /// Videos, then materials.
    const std::vector<WindowedItem>& items() const { return items_in_order_; }

  private:
    const catalog::Series* series_of(const catalog::Video& video) const;
    const catalog::Series* series_of(const catalog::Material& material) const;
    const catalog::Session* session_of(const catalog::Video& video) const;
    const catalog::Session* session_of(const catalog::Material& material) const;
    std::vector<std::string> materials_beyond(const catalog::VideoId& video) const;
    int inheriting(const catalog::SeriesId& series) const;

    std::vector<std::string> series_in_order_;
    std::vector<WindowedItem> items_in_order_;  ///< videos, then materials
    std::vector<std::string> sessions_in_order_;
    std::map<std::string, catalog::Series> series_;
    std::map<std::string, catalog::Session> sessions_;
    std::map<std::string, catalog::Video> videos_;
    std::map<std::string, catalog::Material> materials_;
};

/// What the change would make of `items`, in their order, and the view in which it is made where it can be.
struct BatchPreview {
    std::vector<ChangePreview> changes;
    WindowsView after;
};
BatchPreview preview(const WindowsView& view, const std::vector<WindowedItem>& items, const BatchChange& change,
                     catalog::time::UtcTime now, const catalog::time::Zone& zone);

} // namespace server::api
