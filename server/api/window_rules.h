#pragma once

#include "server/api/windows_view.h"

namespace server::api {

/// How a window was set where it counts from the day of its session: by end, as the clerk said it. An end that does not count
/// from there is kept. It stands in the log entry that set the window: nothing else has to remember it, and whoever sets the
/// window in another way has ended it.
struct WindowRule {
    catalog::WindowEnd opens;
    catalog::WindowEnd closes;

    bool counts() const;  ///< whether an end does
    catalog::WindowChange as_change() const { return {catalog::WindowChange::Of::ends, opens, closes}; }
};

/// Of the entry that set the window that it has now; counts nothing where that says none.
WindowRule rule_of(catalog::store::Catalog& catalog, const WindowedItem& item);

/// What remains of `before` when `change` is made: what it keeps, and what counts from the session in it.
WindowRule after(const WindowRule& before, const catalog::WindowChange& change);

/// `{"opens":E,"closes":E}` of server/README.md, without the ends that do not count.
nlohmann::json rule_json(const WindowRule& rule);

/// A window that does not say any more what it was set to, as its session's day is another now.
struct OutOfStep {
    ChangePreview change;
    WindowRule rule;
};

/// Those of a session, or of all where it is empty. `view` becomes what they would make of it.
std::vector<OutOfStep> out_of_step(catalog::store::Catalog& catalog, WindowsView& view, const catalog::SessionId& session,
                                   catalog::time::UtcTime now, const catalog::time::Zone& zone);

} // namespace server::api
