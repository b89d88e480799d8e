#include "server/api/audit_view.h"

#include "server/api/json_values.h"
#include "server/api/publishing_undo.h"

#include <array>

namespace server::api {
namespace {

using catalog::store::AuditLog;
using catalog::store::Catalog;
using nlohmann::json;

struct Group {
    std::string_view word;
    std::vector<std::string> kinds;
    AuditLog::Wanted::Of of = AuditLog::Wanted::Of::all;
};

const std::vector<Group>& groups() {
    static const std::vector<Group> all{
        {"publishing", {"video", "material", "series"}, AuditLog::Wanted::Of::publishing},
        {"videos", {"video", "recording", "captions"}},
        {"materials", {"material"}},
        {"sessions", {"session", "series"}},
        {"notices", {"notice"}},
        {"questions", {"question", "adviser_link"}},
        {"departments", {"department", "registration"}},
        {"accounts", {"account"}},
        {"live", {"live"}},
        {"commands", {"catalog"}},
    };
    return all;
}

std::string kind_of(const AuditLog::Entry& entry) { return entry.action.substr(0, entry.action.find('.')); }

json parsed(const std::string& text) { return text.empty() ? json() : json::parse(text, nullptr, false); }

json or_null(std::string text) { return text.empty() ? json() : json(std::move(text)); }

std::string title_of_video(Catalog& catalog, const std::string& id) {
    const auto video = catalog.videos.find(catalog::VideoId(id));
    return video ? video->title : std::string();
}

/// 環境課 of the subject "131016 環境課", with its municipality's name.
std::string title_of_department(Catalog& catalog, const std::string& subject) {
    const auto blank = subject.find(' ');
    const auto municipality = catalog.municipalities.find(subject.substr(0, blank));
    return municipality && blank != std::string::npos ? municipality->name + subject.substr(blank) : subject;
}

/// What the subject is called now; empty where it is gone.
std::string title_now(Catalog& catalog, const std::string& kind, const std::string& subject) {
    if (kind == "video" || kind == "captions" || kind == "live")
        return title_of_video(catalog, subject);
    if (kind == "recording") {
        const auto recording = catalog.recordings.find(catalog::RecordingId(subject));
        return recording ? recording->file_name : std::string();
    }
    if (kind == "material") {
        const auto material = catalog.materials.find(catalog::MaterialId(subject));
        return material ? material->title : std::string();
    }
    if (kind == "series" || kind == "registration") {
        const auto series = catalog.series.find(catalog::SeriesId(subject));
        return series ? series->title : std::string();
    }
    if (kind == "session") {
        const auto session = catalog.sessions.find(catalog::SessionId(subject));
        return session ? session->title : std::string();
    }
    if (kind == "notice") {
        const auto notice = catalog.notices.find(catalog::NoticeId(subject));
        return notice ? notice->title : std::string();
    }
    if (kind == "adviser_link") {
        const auto link = catalog.adviser_links.find(catalog::AdviserLinkId(subject));
        return link ? link->adviser : std::string();
    }
    if (kind == "question") {
        const auto question = catalog.questions.find(catalog::QuestionId(subject));
        return question ? question->text : std::string();
    }
    if (kind == "account") {
        const auto account = catalog.accounts.find(catalog::AccountId(subject));
        return account ? account->name : std::string();
    }
    return kind == "department" ? title_of_department(catalog, subject) : std::string();
}

/// Of what is gone the entry itself knows the name.
std::string title_told(const json& before, const json& after) {
    for (const auto& value : {after, before})
        for (const auto* name : {"title", "name", "text", "file_name"})
            if (value.is_object() && value.contains(name) && value[name].is_string())
                return value[name];
    return {};
}

/// Where the desk shows it; null where it is gone or has no page.
json link_of(Catalog& catalog, const std::string& kind, const std::string& subject) {
    const bool is_video = kind == "video" || kind == "captions" || kind == "live";
    if (is_video && catalog.videos.find(catalog::VideoId(subject)))
        return "/desk/videos/" + subject;
    if (kind == "session" && catalog.sessions.find(catalog::SessionId(subject)))
        return "/desk/sessions/" + subject;
    return nullptr;
}

/// A series and a session by their titles, as nobody knows them by their ids.
json told(Catalog& catalog, const std::string& field, const json& value) {
    if (!value.is_string())
        return value;
    const auto text = value.get<std::string>();
    if (field == "series")
        if (const auto series = catalog.series.find(catalog::SeriesId(text)))
            return series->title;
    if (field == "session")
        if (const auto session = catalog.sessions.find(catalog::SessionId(text)))
            return session->title;
    return value;
}

/// `[{"field","before","after"}]`: what the entry made another. Of what is new, what it was given; a field that is
/// empty on both sides is none.
json changes_of(Catalog& catalog, const json& before, const json& after) {
    auto changes = json::array();
    const auto known = [](const json& value, const std::string& field) {
        return value.is_object() ? value.value(field, json()) : json();
    };
    const auto add = [&](const std::string& field) {
        const auto was = known(before, field);
        const auto is = known(after, field);
        if (was != is && field != "undoes")
            changes.push_back(
                {{"field", field}, {"before", told(catalog, field, was)}, {"after", told(catalog, field, is)}});
    };
    if (after.is_object()) {
        for (const auto& [field, value] : after.items())
            add(field);
    }
    if (before.is_object() && after.is_object())
        for (const auto& [field, value] : before.items())
            if (!after.contains(field))
                add(field);
    return changes;
}

json who_json(Catalog& catalog, const catalog::AccountId& id) {
    const auto account = id.empty() ? std::nullopt : catalog.accounts.find(id);
    return {{"id", id.text()}, {"name", account ? json(account->name) : json()}};
}

json undo_json(Undoing undoing) {
    return undoing == Undoing::no ? json() : json(undoing == Undoing::possible ? "possible" : "changed_since");
}

} // namespace

std::optional<AuditLog::Wanted> wanted_of(std::string_view group) {
    if (group.empty())
        return AuditLog::Wanted();
    for (const auto& each : groups())
        if (each.word == group)
            return AuditLog::Wanted{.kinds = each.kinds, .of = each.of};
    return std::nullopt;
}

json entry_json(Catalog& catalog, const AuditLog::Kept& kept) {
    const auto& entry = kept.entry;
    const auto kind = kind_of(entry);
    const auto before = parsed(entry.before);
    const auto after = parsed(entry.after);
    auto title = title_now(catalog, kind, entry.subject);
    if (title.empty())
        title = title_told(before, after);
    return {{"number", kept.number},
            {"at", instant(entry.at)},
            {"who", who_json(catalog, entry.account)},
            {"action", entry.action},
            {"title", or_null(std::move(title))},
            {"link", link_of(catalog, kind, entry.subject)},
            {"changes", changes_of(catalog, before, after)},
            {"undo", undo_json(undoing_of(catalog, entry))},
            {"undoes", after.is_object() ? after.value("undoes", json()) : json()}};
}

json accounts_json(Catalog& catalog) {
    auto accounts = json::array();
    for (const auto& id : catalog.audit.accounts())
        accounts.push_back(who_json(catalog, id));
    return accounts;
}

} // namespace server::api
