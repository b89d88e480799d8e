#pragma once

#include "catalog/time/clock.h"
#include "server/access/back_off.h"
#include "server/access/live_sessions.h"
#include "server/access/secret.h"
#include "server/catalog_thread.h"
#include "server/http/router.h"
#include "server/http/site.h"
#include "server/settings.h"

#include <atomic>
#include <string>

namespace server::access {

/// Who signs in, who is signed in, and the cookie that tells. May be used by any thread.
class SignIns {
  public:
    struct Parts {
        CatalogThread& writer;
        CatalogReaders& readers;
        LiveSessions& live;
        const catalog::time::Clock& clock;
    };
    SignIns(const Parts& parts, const Settings::SignIn& settings,
            http::Site::Transport transport);

    struct SignedIn {
        catalog::Viewer viewer;
        std::string set_cookie;  ///< the field's value
    };
    /// A new session; that of `before`, if any, ends. Refuses wrong_credentials with the same words
    /// and after the same time whether or not somebody has that name, and try_later after too many
    /// wrong passwords.
    net::Task<catalog::Result<SignedIn>> sign_in(std::string name, Secret password,
                                                 http::Caller before);
    /// The same with a department's code. `person`: who of them it is, or empty; whoever gave a name before
    /// is the same one again. Refuses as well: invalid, a name that is none.
    net::Task<catalog::Result<SignedIn>> sign_in_of_department(std::string name, Secret code,
                                                               std::string person,
                                                               http::Caller before);
    /// The same by a department's invitation. Refuses not_found where it is void.
    net::Task<catalog::Result<SignedIn>> join(std::string invitation, std::string person,
                                              http::Caller before);
    /// Ends the caller's session; gives the Set-Cookie value that makes a browser forget it.
    net::Task<std::string> sign_out(http::Caller caller);

    /// The hash under which a password, or a department's code, is kept.
    net::Task<std::string> hash(Secret password);

    /// Who is behind a request's cookie.
    net::Task<http::Caller> caller(const http::Request& request);

    /// Waits until its threads have done what was asked of them.
    void join() { hashing_.join(); }

  private:
    struct Attempt {
        std::string password_hash;  ///< empty: nobody has the name
        catalog::AccountId account;
    };
    /// Counts it as wrong until it proves right, so that many at once gain nothing.
    catalog::Result<Attempt> begin(catalog::store::Catalog& catalog, const std::string& name);
    /// The account whose password it is.
    net::Task<catalog::Result<catalog::AccountId>> attempt(std::string name, Secret password);
    net::Task<bool> is_right(const Attempt& attempt, const Secret& password);
    net::Task<catalog::Result<catalog::AccountId>> person_of(catalog::AccountId account, std::string person);
    net::Task<catalog::Result<SignedIn>> finish(catalog::AccountId account, http::Caller before);
    net::Task<SignedIn> open_session(catalog::AccountId account);
    void end(catalog::store::Catalog& catalog, const std::string& session);
    std::string cookie(const std::string& value, std::chrono::seconds life) const;

    Parts parts_;
    Settings::SignIn settings_;
    http::Site::Transport transport_;
    Strangers strangers_;
    std::atomic<int> waiting_{0};
    net::Pool hashing_;  ///< few at a time: each takes 64 MiB and a core
};

} // namespace server::access
