#include "server/api/publishing_undo.h"

#include "server/api/json_values.h"
#include "server/api/material_json.h"
#include "server/api/offering_fields.h"
#include "server/api/video_changes.h"

#include <array>

namespace server::api {
namespace {

using catalog::MaterialId;
using catalog::Refusal;
using catalog::Result;
using catalog::SeriesId;
using catalog::VideoId;
using catalog::store::AuditLog;
using catalog::store::Catalog;
using nlohmann::json;

constexpr std::array fields{"published", "audience", "window"};

enum class Kind { video, material, series };

struct Action {
    std::string_view name;
    Kind kind;
};

/// What changes publishing; an undoing may be undone, too.
constexpr std::array actions{Action{"video.update", Kind::video},       Action{"video.undo", Kind::video},
                             Action{"material.update", Kind::material}, Action{"material.undo", Kind::material},
                             Action{"series.update", Kind::series},     Action{"series.undo", Kind::series}};

std::optional<Kind> kind_of(const AuditLog::Entry& entry) {
    for (const auto& [name, kind] : actions)
        if (entry.action == name)
            return kind;
    return std::nullopt;
}

/// What the entry made of publishing another, before and after.
struct Changed {
    Kind kind;
    json before = json::object();
    json after = json::object();
};

std::optional<Changed> changed_by(const AuditLog::Entry& entry) {
    const auto kind = kind_of(entry);
    const auto before = json::parse(entry.before, nullptr, false);
    const auto after = json::parse(entry.after, nullptr, false);
    if (!kind || !before.is_object() || !after.is_object())
        return std::nullopt;
    Changed changed{*kind};
    for (const auto* field : fields)
        if (before.contains(field) && after.contains(field) && before[field] != after[field]) {
            changed.before[field] = before[field];
            changed.after[field] = after[field];
        }
    return changed.before.empty() ? std::nullopt : std::optional(std::move(changed));
}

/// What decides about it now; null where it is gone.
json as_it_is(Catalog& catalog, Kind kind, const std::string& subject) {
    if (kind == Kind::video) {
        const auto video = catalog.videos.find(VideoId(subject));
        return video ? changeable_fields(*video) : json();
    }
    if (kind == Kind::material) {
        const auto material = catalog.materials.find(MaterialId(subject));
        return material ? changeable_fields(*material) : json();
    }
    const auto series = catalog.series.find(SeriesId(subject));
    return series ? json{{"audience", to_text(series->audience)}, {"window", window_json(series->window)}} : json();
}

/// A series inherits nothing.
Result<void> set(catalog::Series& series, const json& wanted, const catalog::time::Zone& zone) {
    const auto window = window_in(wanted.value("window", json()), zone);
    const auto audience = audience_in(wanted.value("audience", json()));
    if (!window || !audience)
        return window ? audience.error() : window.error();
    series.window = window->value_or(series.window);
    series.audience = audience->value_or(series.audience);
    return {};
}

Result<std::vector<VideoId>> put_back(Catalog& catalog, const Changed& changed, const std::string& subject,
                                      const catalog::time::Zone& zone) {
    if (changed.kind == Kind::video) {
        auto video = api::changed(catalog.videos.find(VideoId(subject)).value(), changed.before, catalog, zone);
        if (!video)
            return video.error();
        catalog.videos.put(*video);
        return std::vector{video->id};
    }
    if (changed.kind == Kind::material) {
        const auto material = api::changed(catalog.materials.find(MaterialId(subject)).value(), changed.before, zone);
        if (!material)
            return material.error();
        catalog.materials.put(*material);
        return std::vector<VideoId>();
    }
    auto series = catalog.series.find(SeriesId(subject)).value();
    if (const auto done = set(series, changed.before, zone); !done)
        return done.error();
    catalog.series.put(series);
    std::vector<VideoId> videos;
    for (const auto& video : catalog.videos.all())
        if (const auto of = catalog.series.of_video(video.id); of && of->id == series.id)
            videos.push_back(video.id);
    return videos;
}

std::string undo_action(Kind kind) {
    return kind == Kind::video ? "video.undo" : kind == Kind::material ? "material.undo" : "series.undo";
}

} // namespace

Undoing undoing_of(Catalog& catalog, const AuditLog::Entry& entry) {
    const auto changed = changed_by(entry);
    if (!changed)
        return Undoing::no;
    const auto now = as_it_is(catalog, changed->kind, entry.subject);
    for (const auto& [field, value] : changed->after.items())
        if (!now.is_object() || now.value(field, json()) != value)
            return Undoing::changed_since;
    return Undoing::possible;
}

Result<std::vector<VideoId>> undo(Catalog& catalog, const AuditLog::Kept& kept, const catalog::AccountId& account,
                                  catalog::time::UtcTime now, const catalog::time::Zone& zone) {
    const auto changed = changed_by(kept.entry);
    if (!changed)
        return refuse(Refusal::conflict, "元に戻せるのは、公開、対象、公開期間の変更だけです。");
    if (undoing_of(catalog, kept.entry) != Undoing::possible)
        return refuse(Refusal::conflict, "この変更の後に、もう一度変えられています。何も変えていません。");
    const auto before = as_it_is(catalog, changed->kind, kept.entry.subject);
    auto videos = put_back(catalog, *changed, kept.entry.subject, zone);
    if (!videos)
        return videos.error();
    auto after = as_it_is(catalog, changed->kind, kept.entry.subject);
    after["undoes"] = kept.number;
    catalog.audit.append(
        {now, account, undo_action(changed->kind), kept.entry.subject, before.dump(), after.dump()});
    return videos;
}

} // namespace server::api
