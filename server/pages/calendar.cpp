#include "server/pages/calendar.h"

#include "server/pages/error_page.h"

#include <fmt/format.h>

namespace server::pages {

namespace {

using catalog::Session;
using catalog::SessionDate;
using catalog::SessionStatus;

constexpr std::size_t longest_line = 75;  ///< octets without the line break

/// A calendar's lines, each folded where it is too long, between two letters.
class Lines {
  public:
    void add(std::string_view name, std::string_view value) {
        std::string line = fmt::format("{}:{}", name, value);
        std::string_view rest = line;
        std::size_t room = longest_line;
        while (rest.size() > room) {
            std::size_t end = room;
            while ((static_cast<unsigned char>(rest[end]) & 0xC0U) == 0x80U) {
                --end;
            }
            text_.append(rest.substr(0, end)).append("\r\n ");
            rest.remove_prefix(end);
            room = longest_line - 1;
        }
        text_.append(rest).append("\r\n");
    }

    /// A text: what would end a value is escaped.
    void add_text(std::string_view name, std::string_view value) {
        std::string escaped;
        for (const char letter : value) {
            if (letter == '\n') {
                escaped += "\\n";
                continue;
            }
            if (letter == '\\' || letter == ';' || letter == ',') {
                escaped += '\\';
            }
            if (static_cast<unsigned char>(letter) >= ' ') {
                escaped += letter;
            }
        }
        if (!escaped.empty()) {
            add(name, escaped);
        }
    }

    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

/// 20211027T043000Z
std::string instant(UtcTime at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(at - day));
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string day(Date date) {
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// Fuzzy dates (11〜12月頃) are on no day of a calendar.
bool has_a_day(const Session& session) {
    const auto& when = session.when;
    return when.precision == SessionDate::Precision::minute ? when.start.has_value()
           : when.precision == SessionDate::Precision::day  ? when.first_day.has_value()
                                                            : false;
}

std::string_view status_of(const Session& session) {
    switch (session.status) {
    case SessionStatus::cancelled:
        return "CANCELLED";
    case SessionStatus::tentative:
        return "TENTATIVE";
    case SessionStatus::scheduled:
    case SessionStatus::held:
        break;
    }
    return "CONFIRMED";
}

void add_times(const Session& session, Lines& lines) {
    const auto& when = session.when;
    if (when.precision == SessionDate::Precision::minute) {
        lines.add("DTSTART", instant(*when.start));
        if (when.end) {
            lines.add("DTEND", instant(*when.end));
        }
        return;
    }
    const Date next = std::chrono::sys_days(*when.first_day) + std::chrono::days(1);
    lines.add("DTSTART;VALUE=DATE", day(*when.first_day));
    lines.add("DTEND;VALUE=DATE", day(next));
    lines.add("TRANSP", "TRANSPARENT");
}

void add_event(const Library& library, const Session& session,
               const catalog::store::SessionRevision& revision, Lines& lines) {
    const auto& visit = library.visit();
    const std::string address = visit.origin + address_of(session);
    lines.add("BEGIN", "VEVENT");
    lines.add_text("UID", "session-" + session.id.text() + "@" + visit.host());
    lines.add("DTSTAMP", instant(revision.changed));
    lines.add("LAST-MODIFIED", instant(revision.changed));
    lines.add("SEQUENCE", std::to_string(revision.sequence));
    lines.add("STATUS", status_of(session));
    add_times(session, lines);
    const bool is_cancelled = session.status == SessionStatus::cancelled;
    const auto& messages = visit.messages();
    lines.add_text("SUMMARY", is_cancelled
                                  ? messages.text("calendar.cancelled", {{"title", session.title}})
                                  : session.title);
    lines.add_text("LOCATION", session.venue + (session.venue_address.empty() ? "" : " " + session.venue_address));
    std::string description = session.cancel_reason;
    for (const std::string& more : {session.description, address}) {
        description += (description.empty() || more.empty() ? "" : "\n") + more;
    }
    lines.add_text("DESCRIPTION", description);
    lines.add("URL", address);
    lines.add("END", "VEVENT");
}

} // namespace

http::Reply calendar(const Library& library, const catalog::SessionId& session) {
    const auto& visit = library.visit();
    // Sessions first: one that is added meanwhile has a revision then.
    const auto& sessions = library.sessions();
    const auto revisions = library.catalog().sessions.revisions();
    Lines lines;
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Kiroku//Kiroku 1.0//JA");
    lines.add("CALSCALE", "GREGORIAN");
    if (session.empty()) {
        lines.add_text("X-WR-CALNAME", visit.site.name);
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT12H");
    }
    bool is_empty = true;
    for (const auto& each : sessions) {
        if (has_a_day(each) && (session.empty() || each.id == session)) {
            add_event(library, each, revisions.at(each.id), lines);
            is_empty = false;
        }
    }
    if (is_empty && !session.empty()) {
        return error_page(visit, catalog::refuse(catalog::Refusal::not_found, ""));
    }
    lines.add("END", "VCALENDAR");
    http::Reply reply;
    reply.type = "text/calendar; charset=utf-8";
    reply.body = lines.take();
    const auto name = session.empty() ? std::string("calendar") : session.text();
    reply.add("Content-Disposition", http::attachment(name + ".ics"));
    return reply;
}

} // namespace server::pages
