#include "server/api/handler.h"
#include "server/api/json_values.h"
#include "server/api/looked_as.h"
#include "server/api/routes.h"
#include "server/api/window_batch_json.h"
#include "server/api/windows_view.h"
#include "server/http/refusal_status.h"

#include <set>

namespace server::api {
namespace {

using catalog::Result;
using catalog::Viewer;
using catalog::store::Catalog;
using catalog::time::UtcTime;
using http::Caller;
using http::Reply;
using http::Request;
using http::Status;
using http::Task;
using nlohmann::json;
using Kind = WindowedItem::Kind;

json title_json(const catalog::Series* series) {
    return series ? json{{"id", series->id.text()}, {"title", series->title}} : json();
}

json viewer_json(const WindowsView& view, const LookedAs& as) {
    const auto& viewer = as.viewer;
    auto registered = json::array();
    for (const auto& id : viewer.registered_series)
        registered.push_back(title_json(&view.series().at(id.text())));
    return {{"kind", as.kind},
            {"municipality", viewer.department ? json(viewer.department->municipality) : json()},
            {"department", viewer.department ? json(viewer.department->name) : json()},
            {"registered", std::move(registered)}};
}

json refusal_json(const Result<void>& admitted) {
    return admitted ? json()
                    : json{{"kind", http::word_of(admitted.error().kind)}, {"at", instant(admitted.error().at)}};
}

/// Each thing as one viewer would meet it at one instant.
class SeenAs {
  public:
    SeenAs(const WindowsView& view, Viewer viewer, UtcTime at) : view_(view), viewer_(std::move(viewer)), at_(at) {}

    json items() const {
        auto items = json::array();
        for (const auto& item : view_.items())
            items.push_back(told(item));
        return items;
    }

  private:
    Result<void> admission(const WindowedItem& item) const { return admit(view_.offering(item), viewer_, at_); }

    json told(const WindowedItem& item) const {
        const auto* session = view_.session_of(item);
        const auto offering = view_.offering(item);
        const auto sources = sources_of(item);
        auto told = item_json(item);
        told.update({{"title", view_.title(item)},
                     {"series", title_json(view_.series_of(item))},
                     {"session", session ? json(session->title) : json()},
                     {"session_id", session ? json(session->id.text()) : json()},
                     {"published", view_.state(item)->published.value_or(false)},
                     {"refusal", refusal_json(admission(item))},
                     {"window", window_json(offering.window)},
                     {"window_set_by", to_text(sources.window)},
                     {"audience", to_text(offering.audience)},
                     {"audience_set_by", to_text(sources.audience)},
                     {"lacks", lacks(item)},
                     {"page", page_of(item)}});
        return told;
    }

    catalog::OfferingSources sources_of(const WindowedItem& item) const {
        const auto* series = view_.series_of(item);
        return item.kind == Kind::video ? catalog::sources_of(view_.videos().at(item.id), series)
                                        : catalog::sources_of(view_.materials().at(item.id), series);
    }

    /// What keeps it from being had whatever the rules say.
    json lacks(const WindowedItem& item) const {
        if (item.kind == Kind::material)
            return view_.materials().at(item.id).file.empty() ? json("file") : json();
        const auto& video = view_.videos().at(item.id);
        return video.recording || video.live ? json() : json("recording");
    }

    /// Of a video's material: the page that it lies on.
    json page_of(const WindowedItem& item) const {
        if (item.kind == Kind::video)
            return nullptr;
        const auto& video = view_.materials().at(item.id).video;
        if (video.empty())
            return nullptr;
        const WindowedItem page{Kind::video, video.text()};
        return {{"id", page.id}, {"title", view_.title(page)}, {"seen", admission(page).has_value()}};
    }

    const WindowsView& view_;
    Viewer viewer_;
    UtcTime at_;
};

/// The municipalities with the departments that are known of each.
json municipalities_json(Catalog& catalog) {
    std::map<std::string, std::set<std::string>> departments;
    for (const auto& access : catalog.departments.all())
        departments[access.department.municipality].insert(access.department.name);
    for (const auto& registration : catalog.municipalities.registrations())
        departments[registration.department.municipality].insert(registration.department.name);
    for (const auto& account : catalog.accounts.all())
        if (account.department)
            departments[account.department->municipality].insert(account.department->name);
    auto municipalities = json::array();
    for (const auto& municipality : catalog.municipalities.all())
        municipalities.push_back({{"code", municipality.code},
                                  {"name", municipality.name},
                                  {"departments", departments[municipality.code]}});
    return municipalities;
}

} // namespace

void add_desk_see_as(http::Router& router, Services& services) {
    const auto show = [&services](const Request& request, const Caller&) -> Task<Reply> {
        auto look = [&services, &request](Catalog& catalog) -> Result<json> {
            const auto as = looked_as(catalog, request, services.clock.now());
            if (!as)
                return as.error();
            const WindowsView view(catalog);
            return given({{"viewer", viewer_json(view, *as)},
                          {"at", instant(as->at)},
                          {"items", SeenAs(view, as->viewer, as->at).items()},
                          {"municipalities", municipalities_json(catalog)}});
        };
        const auto seen = co_await services.readers.run(std::move(look));
        co_return http::reply_of(seen);
    };
    router.add({http::Method::get, "/api/desk/see-as", http::Access::secretariat_alone, show});
}

} // namespace server::api
