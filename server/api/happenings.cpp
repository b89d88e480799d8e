#include "server/api/happenings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace server::api {
namespace {

using catalog::store::AuditLog;
using catalog::store::Catalog;
using nlohmann::json;
using Kind = Happening::Kind;

constexpr auto looked_back = std::chrono::days(60);
constexpr int most_entries = 2000;

json parsed(const std::string& text) { return text.empty() ? json::object() : json::parse(text, nullptr, false); }

/// A word of a note; empty where there is none.
std::string word_of(const json& note, const char* field) {
    const auto value = note.is_object() ? note.value(field, json()) : json();
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool is_published(const json& note) { return note.is_object() && note.value("published", json()) == true; }

/// Goes through the log, from the newest entry on.
class Gathering {
  public:
    Gathering(Catalog& catalog, const catalog::time::Zone& zone)
        : catalog_(catalog), zone_(zone), unannounced_(catalog.notices.unannounced()),
          notices_(catalog.notices.all()) {}

    void take(const AuditLog::Kept& kept) {
        const auto& action = kept.entry.action;
        if (action == "material.file")
            take_material(kept);
        else if (action.starts_with("video."))
            take_video(kept);
        else if (action == "session.update" || action == "session.create")
            take_session(kept);
    }

    std::vector<Happening> all() && { return std::move(all_); }

  private:
    /// Whether a notice of that day or later leads there.
    bool is_told(const std::string& link, catalog::time::UtcTime at) const {
        const auto day = zone_.to_local(at).date;
        return std::ranges::any_of(notices_, [&](const catalog::Notice& notice) {
            return notice.date >= day && std::ranges::find(notice.links, link) != notice.links.end();
        });
    }

    /// Of each thing the newest entry is told alone: what came before it is, with that, told or left.
    bool is_news(const std::string& link, const AuditLog::Kept& kept) {
        return seen_.insert(link).second && !is_told(link, kept.entry.at) && !unannounced_.contains(kept.number);
    }

    void take_material(const AuditLog::Kept& kept) {
        const auto material = catalog_.materials.find(catalog::MaterialId(kept.entry.subject));
        if (!material || !material->published || material->file.empty())
            return;
        const auto kind = kept.entry.before.empty() ? Kind::materials : Kind::materials_replaced;
        if (!is_news(material->id.text(), kept))
            return;
        auto& happening = same(kind, material->session, material->video, kept);
        happening.numbers.push_back(kept.number);
        happening.links.push_back(material->id.text());
        happening.titles.push_back(material->title);
    }

    /// Materials of one session are told together.
    Happening& same(Kind kind, const catalog::SessionId& session, const catalog::VideoId& video,
                    const AuditLog::Kept& kept) {
        const auto found = std::ranges::find_if(all_, [&](const Happening& each) {
            return each.kind == kind && each.session == session && each.video == video;
        });
        if (found != all_.end())
            return *found;
        all_.push_back({.kind = kind, .at = kept.entry.at, .numbers = {}, .session = session, .video = video, .links = {}, .titles = {}});
        return all_.back();
    }

    void take_video(const AuditLog::Kept& kept) {
        const auto before = parsed(kept.entry.before);
        const auto after = parsed(kept.entry.after);
        const bool came = kept.entry.action == "video.recording" && word_of(before, "recording").empty();
        const bool became_visible = !is_published(before) && is_published(after);
        const auto video = catalog_.videos.find(catalog::VideoId(kept.entry.subject));
        const bool is_there = video && video->published && video->recording;
        if (!is_there || !(came || became_visible) || video->kind == catalog::Video::Kind::live)
            return;
        const auto kind = video->session.empty() ? Kind::lecture : Kind::recording;
        if (is_news(video->id.text(), kept))
            all_.push_back({.kind = kind, .at = kept.entry.at, .numbers = {kept.number}, .session = video->session,
                            .video = video->id, .links = {video->id.text()}, .titles = {video->title}});
    }

    void take_session(const AuditLog::Kept& kept) {
        const auto session = catalog_.sessions.find(catalog::SessionId(kept.entry.subject));
        if (!session)
            return;
        const auto before = parsed(kept.entry.before);
        const auto after = parsed(kept.entry.after);
        if (session->status == catalog::SessionStatus::cancelled) {
            if (word_of(after, "status") == "cancelled" && word_of(before, "status") != "cancelled")
                add(Kind::cancelled, *session, kept);
            return;
        }
        const bool has_day = session->when.precision == catalog::SessionDate::Precision::minute ||
                             session->when.precision == catalog::SessionDate::Precision::day;
        const bool is_to_come = session->status != catalog::SessionStatus::held;
        if (has_day && is_to_come && word_of(before, "when") != word_of(after, "when"))
            add(word_of(before, "when").empty() ? Kind::date : Kind::date_changed, *session, kept);
    }

    void add(Kind kind, const catalog::Session& session, const AuditLog::Kept& kept) {
        if (!is_news(session.id.text(), kept))
            return;
        all_.push_back({.kind = kind, .at = kept.entry.at, .numbers = {kept.number}, .session = session.id, .video = {},
                        .links = {session.id.text()}, .titles = {session.title}});
    }

    Catalog& catalog_;
    const catalog::time::Zone& zone_;
    std::set<std::int64_t> unannounced_;
    std::vector<catalog::Notice> notices_;
    std::set<std::string> seen_;  ///< ids of what an entry was about
    std::vector<Happening> all_;
};

} // namespace

std::string_view to_text(Kind kind) {
    switch (kind) {
    case Kind::materials:
        return "materials";
    case Kind::materials_replaced:
        return "materials_replaced";
    case Kind::recording:
        return "recording";
    case Kind::lecture:
        return "lecture";
    case Kind::date:
        return "date";
    case Kind::date_changed:
        return "date_changed";
    case Kind::cancelled:
        break;
    }
    return "cancelled";
}

std::vector<Happening> happenings(Catalog& catalog, catalog::time::UtcTime now, const catalog::time::Zone& zone) {
    Gathering gathering(catalog, zone);
    const AuditLog::Wanted wanted{.kinds = {"material", "video", "session"}, .from = now - looked_back};
    for (const auto& kept : catalog.audit.find(wanted, most_entries))
        gathering.take(kept);
    return std::move(gathering).all();
}

} // namespace server::api
