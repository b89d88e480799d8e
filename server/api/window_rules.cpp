#include "server/api/window_rules.h"

#include "server/api/window_batch_json.h"

#include <ranges>

namespace server::api {
namespace {

using catalog::EndBySession;
using catalog::KeptEnd;
using catalog::WindowChange;
using catalog::WindowEnd;
using nlohmann::json;

constexpr auto field = "window_rule";

bool counts(const WindowEnd& end) { return std::holds_alternative<EndBySession>(end); }

WindowEnd counted(const WindowEnd& end) { return counts(end) ? end : WindowEnd(KeptEnd{}); }

/// The entry's window is another after it, or the same in another way.
bool sets_window(const json& before, const json& after) {
    return after.is_object() && after.contains("window") &&
           (after.contains(field) || !before.is_object() || before.value("window", json()) != after["window"]);
}

} // namespace

bool WindowRule::counts() const { return api::counts(opens) || api::counts(closes); }

WindowRule rule_of(catalog::store::Catalog& catalog, const WindowedItem& item) {
    const auto entries = catalog.audit.of_subject(item.id);
    for (const auto& entry : entries | std::views::reverse) {
        const auto before = json::parse(entry.before, nullptr, false);
        const auto after = json::parse(entry.after, nullptr, false);
        if (!sets_window(before, after))
            continue;
        const auto change = window_change_in(json{{"window", after.value(field, json::object())}});
        return change ? WindowRule{counted(change->opens), counted(change->closes)} : WindowRule{};
    }
    return {};
}

WindowRule after(const WindowRule& before, const WindowChange& change) {
    if (change.of != WindowChange::Of::ends)
        return change.of == WindowChange::Of::nothing ? before : WindowRule{};
    const auto end = [](const WindowEnd& was, const WindowEnd& is) {
        return std::holds_alternative<KeptEnd>(is) ? was : counted(is);
    };
    return {end(before.opens, change.opens), end(before.closes, change.closes)};
}

json rule_json(const WindowRule& rule) {
    auto told = json::object();
    if (const auto* opens = std::get_if<EndBySession>(&rule.opens))
        told["opens"] = end_json(*opens);
    if (const auto* closes = std::get_if<EndBySession>(&rule.closes))
        told["closes"] = end_json(*closes);
    return told;
}

std::vector<OutOfStep> out_of_step(catalog::store::Catalog& catalog, WindowsView& view, const catalog::SessionId& session,
                                   catalog::time::UtcTime now, const catalog::time::Zone& zone) {
    std::vector<OutOfStep> found;
    for (const auto& item : view.items()) {
        const auto* of = view.session_of(item);
        if (of == nullptr || (!session.empty() && of->id != session) || !view.state(item)->window)
            continue;
        const auto rule = rule_of(catalog, item);
        if (!rule.counts())
            continue;
        const auto state = *view.state(item);
        const auto window = catalog::changed(view.owner(item), rule.as_change(), now, zone);
        if (window && *window == state.window)
            continue;
        ChangePreview change{item, state, WindowState{}};
        if (window)
            change.then = WindowState{*window, state.published};
        else
            change.then = window.error();
        found.push_back({std::move(change), rule});
    }
    for (const auto& [change, rule] : found)
        if (change.then)
            view.set(change.item, *change.then);
    return found;
}

} // namespace server::api
