#include "catalog/import_file/context.h"
#include "catalog/import_file/times.h"

namespace catalog::import_file {

namespace {

SessionStatus read_status(const Field& field) {
    const auto word = field.text();
    if (!word) {
        return SessionStatus::scheduled;
    }
    if (*word == "canceled") {
        return SessionStatus::cancelled;
    }
    const auto status = session_status_from_text(*word);
    if (!status) {
        field.mistake("\"" + *word + "\" is no status: tentative, scheduled, held or cancelled");
    }
    return status.value_or(SessionStatus::scheduled);
}

void read_venue(const Field& field, Session& session) {
    if (field.is_text()) {
        session.venue = field.text_or_empty();
    } else if (field.present() && field.expect_object()) {
        session.venue = field["name"].text_or_empty();
        session.venue_address = field.either("address", "city").text_or_empty();
    }
}

ProgrammeItem read_item(const Field& field, const Field& kinds, std::set<std::string>& seen) {
    ProgrammeItem item;
    item.id = ProgrammeItemId(read_own_id(field["id"], seen));
    item.kind = field["kind"].text_or_empty();
    const auto label = field["kindLabel"].text();
    item.kind_label = label ? *label : kinds[item.kind].text_or_empty();
    item.title = field["title"].needed_text();
    item.speaker = field.either("speakerLabel", "speaker").text_or_empty();
    item.note = field["note"].text_or_empty();
    item.sub_items = field["subItems"].texts();
    return item;
}

std::vector<ProgrammeItem> read_programme(const Field& list, const Field& kinds) {
    std::vector<ProgrammeItem> items;
    std::set<std::string> seen;
    for (const Field& field : list.elements()) {
        const bool is_item = field.expect_object() && !field["separator"].flag().value_or(false);
        if (is_item) {
            items.push_back(read_item(field, kinds, seen));
        }
    }
    return items;
}

Session read_session(const Field& field, const Context& context) {
    Session session;
    session.series = read_series_reference(field["series"], context);
    session.kind = field["kind"].text().value_or("meeting");
    session.number = read_number(field["number"]);
    session.title = field["title"].needed_text();
    session.description = field["description"].text_or_empty();
    session.status = read_status(field["status"]);
    session.when = read_session_date(field["when"], context.zone);
    read_venue(field["venue"], session);
    session.participation = field["participation"].texts();
    session.items = read_programme(field["items"], context.file["kinds"]["itemKinds"]);
    session.cancel_reason = field["cancelReason"].text_or_empty();
    return session;
}

void note_audience(const Field& field, const Session& session, Context& context) {
    const auto audience = read_audience(field);
    const auto series = context.series.find(session.series.text());
    if (audience && (series == context.series.end() || series->second != *audience)) {
        context.audiences.emplace(session.id.text(), *audience);
    }
}

/// Sessions may be replaced by ones further down, so this comes when all are known.
void read_replacements(const Field& field, const Context& context, Session& session) {
    for (const std::string& id : field.texts()) {
        if (!context.sessions.contains(id)) {
            field.mistake("there is no session \"" + id + "\"");
        }
        session.replaced_by.emplace_back(id);
    }
}

} // namespace

std::vector<Session> read_sessions(Context& context) {
    std::vector<Session> all;
    std::vector<Field> replacements;
    std::set<std::string> seen;
    for (const Field& field : context.file["sessions"].elements()) {
        if (!field.expect_object()) {
            continue;
        }
        Session session = read_session(field, context);
        session.id = SessionId(read_own_id(field["id"], seen));
        note_audience(field["audience"], session, context);
        context.sessions.emplace(session.id.text(), session);
        replacements.push_back(field["replacedBy"]);
        all.push_back(std::move(session));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        read_replacements(replacements[i], context, all[i]);
    }
    return all;
}

} // namespace catalog::import_file
