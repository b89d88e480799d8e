#pragma once

#include "catalog/audience.h"
#include "catalog/time/zone.h"
#include "server/http/reply.h"
#include "server/pages/share.h"
#include "server/pages/words.h"
#include "server/settings.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace server::pages {

/// A look at the site: who looks, when, at what. What it refers to outlives it.
struct Visit {
    const Share& share;
    const Settings::Site& site;
    const catalog::time::Zone& zone;
    const catalog::Viewer& viewer;
    UtcTime now;
    std::string origin;      ///< of the site as it was reached: "https://kiroku.example.jp"
    std::string target;      ///< as asked for: where a sign-in leads back to
    std::string department;  ///< of who looks: 千代田区 環境課; empty where there is none

    std::string language = {};  ///< as who looks chose; empty: the site's

    /// "ja" or "en".
    const std::string& shown_language() const { return language.empty() ? site.language : language; }
    const Messages& messages() const { return share.messages(shown_language()); }
    /// The origin's name without its port.
    std::string host() const;
    Words words() const { return {messages(), zone, now}; }
    /// 「…へお問い合わせください」, or empty where the site names nobody.
    std::string whom_to_ask() const;
    /// The sign-in page that leads back here.
    std::string sign_in_address() const;
};

/// Whether an address leads to a page of this site: "//host" and "/\host" lead elsewhere.
bool is_ours(const std::string& address);

/// What stands around a page's own content.
struct Frame {
    std::string name;         ///< of the template
    std::string title;        ///< empty: the site's name alone
    std::string style = {};   ///< "watch.css" where the page has one of its own
    std::string script = {};  ///< "watch.js" likewise
    std::string early = {};   ///< "early.js": what begins while that script is on its way
};

/// The page of a template. `content` is what the template names; with `places` of the desk it is one of the desk's pages.
http::Reply page(const Visit& visit, http::Status status, const Frame& frame, Data content);

/// What a page's own script starts from, together with the messages that it names.
std::string page_data(const Visit& visit, const std::string& script, nlohmann::json data);

} // namespace server::pages
