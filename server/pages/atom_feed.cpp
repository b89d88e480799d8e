#include "server/pages/atom_feed.h"

#include <algorithm>

namespace server::pages {

namespace {

constexpr std::size_t most_entries = 50;

struct Entry {
    std::string id;
    std::string title;
    std::string address;
    std::string text;
    UtcTime updated;
};

/// Text between tags or in an attribute; what XML 1.0 does not hold is left out.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(letter) >= ' ' || letter == '\n' || letter == '\t') {
                safe += letter;
            }
        }
    }
    return safe;
}

/// A name for ever (RFC 4151), whatever the address of the page becomes.
std::string tag(const Visit& visit, const std::string& what) {
    return "tag:" + visit.host() + ",2021:" + what;
}

std::vector<Entry> entries_of(const Library& library) {
    const auto& visit = library.visit();
    std::vector<Entry> entries;
    for (const auto& notice : library.catalog().notices.all()) {
        if (notice.date > library.words().today()) {
            continue;
        }
        std::string address = "/#notices";
        for (const auto& id : notice.links) {
            if (const auto link = library.link_to(id)) {
                address = link->get("href")->string_value();
                break;
            }
        }
        entries.push_back({tag(visit, "notice/" + notice.id.text()), notice.title, address,
                           notice.body, visit.zone.start_of_day(notice.date)});
    }
    for (const auto& video : library.videos()) {
        const auto offering = library.offering(video);
        if (offering.published && offering.window.opens && offering.window.admits(visit.now)) {
            entries.push_back({tag(visit, "video/" + video.id.text()),
                               visit.messages().text("feed.video", {{"title", video.title}}),
                               address_of(video), library.words().window(offering.window),
                               *offering.window.opens});
        }
    }
    std::ranges::stable_sort(entries, std::greater(), &Entry::updated);
    entries.resize(std::min(entries.size(), most_entries));
    return entries;
}

std::string element(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + escaped(text) + "</" + std::string(name) + ">\n";
}

std::string link(std::string_view relation, const std::string& address) {
    return "<link rel=\"" + std::string(relation) + "\" href=\"" + escaped(address) + "\"/>\n";
}

} // namespace

http::Reply atom_feed(const Library& library) {
    const auto& visit = library.visit();
    const auto entries = entries_of(library);
    const auto updated = entries.empty() ? visit.now : entries.front().updated;
    std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                       "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
                       visit.shown_language() + "\">\n";
    text += element("id", tag(visit, "feed")) + element("title", visit.site.name) +
            element("updated", catalog::time::format_rfc3339(updated)) +
            link("self", visit.origin + "/feed.atom") + link("alternate", visit.origin + "/");
    const auto& author = visit.site.organiser.empty() ? visit.site.name : visit.site.organiser;
    text += "<author>" + element("name", author) + "</author>\n";
    for (const auto& entry : entries) {
        text += "<entry>\n" + element("id", entry.id) + element("title", entry.title) +
                element("updated", catalog::time::format_rfc3339(entry.updated)) +
                link("alternate", visit.origin + entry.address);
        text += entry.text.empty() ? "" : element("summary", entry.text);
        text += "</entry>\n";
    }
    text += "</feed>\n";
    http::Reply reply;
    reply.type = "application/atom+xml; charset=utf-8";
    reply.body = std::move(text);
    return reply;
}

} // namespace server::pages
