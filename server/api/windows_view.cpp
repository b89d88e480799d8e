#include "server/api/windows_view.h"

#include "server/api/desk_view.h"
#include "server/api/json_values.h"
#include "server/api/window_batch_json.h"

#include <algorithm>
#include <set>

namespace server::api {
namespace {

using catalog::AvailabilityWindow;
using catalog::Material;
using catalog::Offering;
using catalog::Series;
using catalog::Session;
using catalog::SessionDate;
using catalog::Video;
using catalog::time::UtcTime;
using nlohmann::json;
using Kind = WindowedItem::Kind;

/// The value of `id`; null where there is none.
template <class Value>
const Value* find(const std::map<std::string, Value>& values, const std::string& id) {
    const auto found = values.find(id);
    return found == values.end() ? nullptr : &found->second;
}

/// A session's day where it is known to the day.
std::optional<catalog::time::Date> day_of(const Session* session) {
    if (session == nullptr)
        return std::nullopt;
    const auto precision = session->when.precision;
    const bool known = precision == SessionDate::Precision::minute || precision == SessionDate::Precision::day;
    return known ? session->when.first_day : std::nullopt;
}

json day_json(const std::optional<catalog::time::Date>& day) {
    return day ? json(catalog::time::format_date(*day)) : json();
}

} // namespace

WindowsView::WindowsView(catalog::store::Catalog& catalog) {
    for (auto& each : catalog.series.all()) {
        series_in_order_.push_back(each.id.text());
        series_.emplace(each.id.text(), std::move(each));
    }
    for (auto& each : catalog.sessions.all()) {
        sessions_in_order_.push_back(each.id.text());
        sessions_.emplace(each.id.text(), std::move(each));
    }
    for (auto& each : catalog.videos.all()) {
        items_in_order_.push_back({Kind::video, each.id.text()});
        videos_.emplace(each.id.text(), std::move(each));
    }
    for (auto& each : catalog.materials.all()) {
        items_in_order_.push_back({Kind::material, each.id.text()});
        materials_.emplace(each.id.text(), std::move(each));
    }
}

std::optional<WindowState> WindowsView::state(const WindowedItem& item) const {
    if (const auto* series = find(series_, item.id); series && item.kind == Kind::series)
        return WindowState{series->window, std::nullopt};
    if (const auto* video = find(videos_, item.id); video && item.kind == Kind::video)
        return WindowState{video->window, video->published};
    if (const auto* material = find(materials_, item.id); material && item.kind == Kind::material)
        return WindowState{material->window, material->published};
    return std::nullopt;
}

void WindowsView::set(const WindowedItem& item, const WindowState& state) {
    const auto put = [&state](auto& subject) {
        subject.window = state.window;
        subject.published = state.published.value_or(subject.published);
    };
    switch (item.kind) {
    case Kind::series:
        series_.at(item.id).window = state.window.value();
        break;
    case Kind::video:
        put(videos_.at(item.id));
        break;
    case Kind::material:
        put(materials_.at(item.id));
        break;
    }
}

std::string WindowsView::title(const WindowedItem& item) const {
    switch (item.kind) {
    case Kind::series:
        return series_.at(item.id).title;
    case Kind::video:
        return videos_.at(item.id).title;
    case Kind::material:
        break;
    }
    return materials_.at(item.id).title;
}

const Session* WindowsView::session_of(const Video& video) const {
    return find(sessions_, video.session.text());
}

const Session* WindowsView::session_of(const Material& material) const {
    if (const auto* session = find(sessions_, material.session.text()))
        return session;
    const auto* video = find(videos_, material.video.text());
    return video ? session_of(*video) : nullptr;
}

const Series* WindowsView::series_of(const Video& video) const {
    if (!video.series.empty())
        return find(series_, video.series.text());
    const auto* session = session_of(video);
    return session ? find(series_, session->series.text()) : nullptr;
}

const Series* WindowsView::series_of(const Material& material) const {
    if (const auto* video = find(videos_, material.video.text()))
        return series_of(*video);
    const auto* session = session_of(material);
    return session ? find(series_, session->series.text()) : nullptr;
}

const Series* WindowsView::series_of(const WindowedItem& item) const {
    return item.kind == Kind::video ? series_of(videos_.at(item.id)) : series_of(materials_.at(item.id));
}

const Session* WindowsView::session_of(const WindowedItem& item) const {
    return item.kind == Kind::video ? session_of(videos_.at(item.id)) : session_of(materials_.at(item.id));
}

Offering WindowsView::offering(const WindowedItem& item) const {
    if (item.kind == Kind::video)
        return catalog::offering_of(videos_.at(item.id), series_of(item));
    const auto& material = materials_.at(item.id);
    const auto* video = find(videos_, material.video.text());
    return catalog::offering_of(material, series_of(item), video ? catalog::owner(*video) : catalog::Owner::published);
}

AvailabilityWindow WindowsView::effective(const WindowedItem& item) const {
    return item.kind == Kind::series ? series_.at(item.id).window : offering(item).window;
}

catalog::WindowOwner WindowsView::owner(const WindowedItem& item) const {
    const auto of = [](const auto& subject, const Series* series, const Session* session) {
        return catalog::WindowOwner{subject.window, series ? series->window : AvailabilityWindow{}, day_of(session)};
    };
    switch (item.kind) {
    case Kind::series: {
        const auto& window = series_.at(item.id).window;
        return {window, window, std::nullopt};
    }
    case Kind::video: {
        const auto& video = videos_.at(item.id);
        return of(video, series_of(video), session_of(video));
    }
    case Kind::material:
        break;
    }
    const auto& material = materials_.at(item.id);
    return of(material, series_of(material), session_of(material));
}

std::vector<catalog::VideoId> WindowsView::touched_videos(const std::vector<WindowedItem>& items) const {
    std::set<std::string> chosen;
    std::set<std::string> series;
    for (const auto& item : items) {
        if (item.kind == Kind::video)
            chosen.insert(item.id);
        if (item.kind == Kind::series)
            series.insert(item.id);
    }
    std::vector<catalog::VideoId> touched;
    for (const auto& [id, video] : videos_) {
        const auto* of = series_of(video);
        if (chosen.contains(id) || (of != nullptr && series.contains(of->id.text())))
            touched.push_back(video.id);
    }
    return touched;
}

json WindowsView::all(UtcTime now) const {
    auto series = json::array();
    for (const auto& id : series_in_order_) {
        const auto& each = series_.at(id);
        series.push_back({{"id", id}, {"title", each.title}, {"window", window_json(each.window)}});
    }
    auto sessions = json::array();
    for (const auto& id : sessions_in_order_) {
        const auto& each = sessions_.at(id);
        sessions.push_back({{"id", id},
                            {"title", each.title},
                            {"series", id_or_null(each.series)},
                            {"day", day_json(day_of(&each))},
                            {"status", to_text(each.status)}});
    }
    auto items = json::array();
    for (const auto& item : items_in_order_) {
        const bool is_video = item.kind == Kind::video;
        const auto* of = series_of(item);
        const auto* session = session_of(item);
        const auto whole = offering(item);
        auto told = item_json(item);
        told.update({{"title", title(item)},
                     {"series", of ? json(of->id.text()) : json()},
                     {"session", session ? json(session->id.text()) : json()},
                     {"video", is_video ? json() : id_or_null(materials_.at(item.id).video)},
                     {"state", state_of(whole, now)},
                     {"effective_window", window_json(whole.window)},
                     {"now", state_json(*state(item))}});
        items.push_back(std::move(told));
    }
    return {{"series", std::move(series)}, {"sessions", std::move(sessions)}, {"items", std::move(items)}};
}

std::vector<std::string> WindowsView::materials_beyond(const catalog::VideoId& video) const {
    const auto window = effective({Kind::video, video.text()});
    std::vector<std::string> titles;
    for (const auto& [id, material] : materials_)
        if (material.video == video && material.published &&
            catalog::reaches_beyond(effective({Kind::material, id}), window))
            titles.push_back(material.title);
    return titles;
}

int WindowsView::inheriting(const catalog::SeriesId& series) const {
    const auto inherits = [&](const auto& entry) {
        const auto* of = series_of(entry.second);
        return !entry.second.window && of != nullptr && of->id == series;
    };
    return static_cast<int>(std::ranges::count_if(videos_, inherits) + std::ranges::count_if(materials_, inherits));
}

json WindowsView::warnings(const WindowedItem& item, const WindowsView& before, UtcTime now,
                           const catalog::time::Zone& zone) const {
    auto warnings = json::array();
    const auto window = effective(item);
    const auto then = *state(item);
    if (const auto day = catalog::last_day_of(window, zone))
        if (const auto off = catalog::time::day_off(*day))
            warnings.push_back({{"kind", "closes_on_day_off"},
                                {"day", day_json(day)},
                                {"why", to_text(off->kind)},
                                {"holiday", off->holiday}});
    if (window.at(now) == AvailabilityWindow::State::closed && then.published.value_or(true))
        warnings.push_back({{"kind", "never_open"}});
    if (item.kind == Kind::series) {
        warnings.push_back({{"kind", "inherited"}, {"count", inheriting(catalog::SeriesId(item.id))}});
        return warnings;
    }
    if (then.window && !before.state(item)->window && before.owner(item).series_window != AvailabilityWindow{})
        warnings.push_back({{"kind", "leaves_series"}});
    if (item.kind == Kind::video) {
        const auto& video = videos_.at(item.id);
        if (auto titles = materials_beyond(video.id); !titles.empty())
            warnings.push_back({{"kind", "materials_beyond"}, {"titles", std::move(titles)}});
        if (video.published && !video.recording && video.kind != Video::Kind::live)
            warnings.push_back({{"kind", "no_recording"}});
    }
    if (item.kind == Kind::material && materials_.at(item.id).published && materials_.at(item.id).file.empty())
        warnings.push_back({{"kind", "no_file"}});
    return warnings;
}

BatchPreview preview(const WindowsView& view, const std::vector<WindowedItem>& items, const BatchChange& change,
                     UtcTime now, const catalog::time::Zone& zone) {
    BatchPreview preview{{}, view};
    for (const auto& item : items)
        preview.changes.push_back({item, *view.state(item), WindowState{}});
    const auto work_out = [&](ChangePreview& one) {
        const auto& item = one.item;
        if (item.kind == Kind::series && change.window.of == catalog::WindowChange::Of::own_window) {
            one.then = catalog::refuse(catalog::Refusal::invalid, "シリーズの期間は、日付で決めてください。");
            return;
        }
        auto window = catalog::changed(preview.after.owner(item), change.window, now, zone);
        if (!window) {
            one.then = window.error();
            return;
        }
        const auto published = one.now.published && change.published ? change.published : one.now.published;
        one.then = WindowState{std::move(*window), published};
        preview.after.set(item, *one.then);
    };
    // A series first: what is kept of an inherited window is that of the series as it will be.
    for (const bool of_series : {true, false})
        for (auto& one : preview.changes)
            if ((one.item.kind == Kind::series) == of_series)
                work_out(one);
    return preview;
}

} // namespace server::api
