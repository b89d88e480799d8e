#pragma once

#include "catalog/time/written_span.h"
#include "server/api/windows_view.h"

namespace server::api {

/// `{"kind":"series"|"video"|"material","id"}`
nlohmann::json item_json(const WindowedItem& item);
/// `{"window":{"opens_at","closes_at"}|null,"published":bool|null}`
nlohmann::json state_json(const WindowState& state);
/// `{"opens":T|null,"closes":T|null,"day":T|null}`; T = `{"day","time":"17:00"|null}`
nlohmann::json span_json(const catalog::time::WrittenSpan& span);

/// E of server/README.md: `{"session_days","time"}`.
nlohmann::json end_json(const catalog::EndBySession& end);
/// What becomes of windows: the "window" of a change, or nothing where it has none. Refuses (invalid) what is none.
catalog::Result<catalog::WindowChange> window_change_in(const nlohmann::json& change);

/// The items of a body, each once. Refuses (invalid) where there is none, or more than 1000, or one that is none.
catalog::Result<std::vector<WindowedItem>> items_in(const nlohmann::json& body);
/// Its "change": C of server/README.md. Refuses (invalid) what is none, and one that changes nothing.
catalog::Result<BatchChange> change_in(const nlohmann::json& body);

/// What a clerk saw of an item, and what is to become of it.
struct WantedState {
    WindowedItem item;
    WindowState now;
    WindowState then;
    catalog::WindowChange how = {};  ///< that made one of the other; nothing where it is not told
};
/// The items of a body with their "now", "then" and "how". Refuses as `items_in`, and windows that close before they open.
catalog::Result<std::vector<WantedState>> wanted_in(const nlohmann::json& body);

} // namespace server::api
