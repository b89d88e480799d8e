#include "server/pages/seen_as_page.h"

#include "server/http/request.h"
#include "server/pages/error_page.h"
#include "server/pages/home_page.h"
#include "server/pages/material_page.h"
#include "server/pages/schedule.h"
#include "server/pages/session_page.h"
#include "server/pages/transcript_page.h"
#include "server/pages/watch_page.h"

#include <array>
#include <optional>
#include <string_view>

namespace server::pages {

namespace {

/// What stands between `before` and `after` in an address; nothing where it is another.
std::optional<std::string> between(std::string_view address, std::string_view before, std::string_view after = "") {
    if (address.size() <= before.size() + after.size() || !address.starts_with(before) || !address.ends_with(after)) {
        return std::nullopt;
    }
    const auto middle = address.substr(before.size(), address.size() - before.size() - after.size());
    return middle.find('/') == std::string_view::npos ? std::optional(std::string(middle)) : std::nullopt;
}

/// Without what stands behind the path: "?t=61", "#materials".
std::string path_of(const std::string& address) { return address.substr(0, address.find_first_of("?#")); }

bool can_be_seen(const std::string& address) {
    const auto path = path_of(address);
    return path == "/" || between(path, "/sessions/") || between(path, "/years/") ||
           between(path, "/videos/") || between(path, "/videos/", "/transcript") || between(path, "/materials/", "/pages");
}

template <class Id> Id id_of(const std::string& text) { return catalog::is_valid_id(text) ? Id(text) : Id(); }

http::Reply page_at(const Library& library, const std::string& path) {
    if (path == "/") {
        return home_page(library);
    }
    if (const auto session = between(path, "/sessions/")) {
        return session_page(library, id_of<catalog::SessionId>(*session));
    }
    if (const auto year = between(path, "/years/")) {
        return year_page(library, *year);
    }
    if (const auto video = between(path, "/videos/")) {
        return watch_page(library, id_of<catalog::VideoId>(*video), Look::seen_as);
    }
    if (const auto video = between(path, "/videos/", "/transcript")) {
        return transcript_page(library, id_of<catalog::VideoId>(*video), "");
    }
    const auto material = between(path, "/materials/", "/pages");
    return material ? material_page(library, id_of<catalog::MaterialId>(*material), Reading::text)
                    : error_page(library.visit(), catalog::refuse(catalog::Refusal::not_found, ""));
}

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        default: safe += letter;
        }
    }
    return safe;
}

/// Goes through a page of ours, tag by tag, and writes it as one to be looked at alone.
class Framed {
  public:
    Framed(std::string_view page, const Messages& messages, const SeenAs& as) : rest_(page), messages_(messages), as_(as) {}

    std::string text() && {
        while (!rest_.empty()) {
            const auto begin = std::min(rest_.find('<'), rest_.size());
            made_ += rest_.substr(0, begin);
            rest_.remove_prefix(begin);
            const auto end = rest_.find('>');
            if (end == std::string_view::npos) {
                break;
            }
            take(rest_.substr(0, end + 1));
        }
        made_ += rest_;
        return std::move(made_);
    }

  private:
    void take(std::string_view tag) {
        rest_.remove_prefix(tag.size());
        if (tag.starts_with("<script type=\"module\"") && tag.find("/assets/site-") != std::string_view::npos) {
            rest_.remove_prefix(std::min(rest_.find("</script>") + std::string_view("</script>").size(), rest_.size()));
        } else if (tag.starts_with("<script")) {
            // What a script starts from holds tags that are none.
            const auto end = std::min(rest_.find("</script>"), rest_.size());
            made_ += tag;
            made_ += rest_.substr(0, end);
            rest_.remove_prefix(end);
        } else if (tag == "<header>" && !has_bar_) {
            has_bar_ = true;
            made_ += bar();
            made_ += tag;
        } else if (tag.starts_with("<a ")) {
            take_link(tag);
        } else if (tag.starts_with("<form")) {
            made_ += "<form inert" + std::string(tag.substr(std::string_view("<form").size()));
        } else {
            made_ += tag;
        }
    }

    /// Of links out of what can be looked at only the words stay.
    void take_link(std::string_view tag) {
        constexpr std::string_view name = " href=\"";
        const auto begin = tag.find(name);
        const auto end = begin == std::string_view::npos ? begin : tag.find('"', begin + name.size());
        if (end == std::string_view::npos) {
            made_ += tag;
            return;
        }
        const auto address = tag.substr(begin + name.size(), end - begin - name.size());
        if (address.starts_with('#')) {
            made_ += tag;
            return;
        }
        made_ += tag.substr(0, begin);
        if (can_be_seen(std::string(address))) {
            const auto place = std::string(address.find('#') == std::string_view::npos ? "" : address.substr(address.find('#')));
            made_ += " href=\"" + escaped(address_as(path_of(std::string(address)))) + place + '"';
        }
        made_ += tag.substr(end + 1);
    }

    std::string address_as(const std::string& page) const {
        return "/desk/see-as/page?" + as_.query + "&page=" + http::percent_encoded(page);
    }

    std::string bar() const {
        const auto said = messages_.text("see_as.bar", {{"whom", as_.whom}, {"when", as_.when}});
        return "<aside class=\"seen-as\" aria-label=\"" + escaped(messages_.text("see_as.title")) + "\"><p><strong>" + escaped(said) +
               "</strong> " + escaped(messages_.text("see_as.bar_hint")) + "</p><p><a href=\"/desk/see-as?" + escaped(as_.query) +
               "\">" + escaped(messages_.text("see_as.bar_back")) + "</a></p></aside>\n";
    }

    std::string_view rest_;
    const Messages& messages_;
    const SeenAs& as_;
    std::string made_;
    bool has_bar_ = false;
};

} // namespace

http::Reply seen_as_page(const Library& library, const std::string& address, const SeenAs& as) {
    auto reply = page_at(library, path_of(address));
    if (const auto* page = std::get_if<std::string>(&reply.body)) {
        return http::html(http::Status::ok, Framed(*page, library.visit().messages(), as).text());
    }
    return reply;
}

} // namespace server::pages
