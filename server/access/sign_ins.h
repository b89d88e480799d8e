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
#include <functional>
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
    /// What one knows: a password, and of an account with a second step a code of its app, or a recovery code.
    struct Proof {
        Secret password;
        std::string code;  ///< as typed; empty: none yet
    };
    /// A new session; that of `before`, if any, ends. Nothing: the password is right, and a code is asked for.
    /// Refuses wrong_credentials with the same words and after the same time whether or not somebody has that
    /// name, and try_later after too many wrong passwords or codes.
    net::Task<catalog::Result<std::optional<SignedIn>>> sign_in(std::string name, Proof proof,
                                                                http::Caller before);
    /// The same with a department's code. `person`: who of them it is, or empty; whoever gave a name before
    /// is the same one again. Refuses as well: invalid, a name that is none.
    net::Task<catalog::Result<SignedIn>> sign_in_of_department(std::string name, Secret code,
                                                               std::string person,
                                                               http::Caller before);
    /// The same by a department's invitation. Refuses not_found where it is void.
    net::Task<catalog::Result<SignedIn>> join(std::string invitation, std::string person,
                                              http::Caller before);
    /// What is done for a right code, as part of the same change of the catalog.
    using Then = std::function<void(catalog::store::Catalog&)>;
    /// Does `then` where somebody who is signed in proves the second step now; counts as signing in does. Refuses
    /// wrong_credentials and try_later, and conflict where there is no second step.
    net::Task<catalog::Result<void>> prove_second_step(std::string name, std::string code, Then then);

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
        std::string name;
        std::string password_hash;  ///< empty: nobody has the name
        catalog::AccountId account;
    };
    /// What gives somebody a session. It is looked at again as the session is opened, since a password may have been
    /// set, an account disabled or an invitation ended while a password was looked at.
    using Right = std::function<catalog::Result<void>(catalog::store::Catalog&)>;
    /// Counts it as wrong until it proves right, so that many at once gain nothing.
    catalog::Result<Attempt> begin(catalog::store::Catalog& catalog, const std::string& name);
    /// The attempt whose proof is right; without an account where a code is missing.
    net::Task<catalog::Result<Attempt>> attempt(std::string name, Proof proof);
    /// Ends an attempt whose password was right.
    catalog::Result<Attempt> settle(catalog::store::Catalog& catalog, Attempt attempt,
                                    const std::string& code);
    /// Of a password that was right: the account still has it, and signs in.
    static Right still_right(Attempt attempt);
    net::Task<bool> is_right(const Attempt& attempt, const Secret& password);
    net::Task<catalog::Result<catalog::AccountId>> person_of(catalog::AccountId account, std::string person);
    net::Task<catalog::Result<SignedIn>> finish(catalog::AccountId account, Right right, http::Caller before);
    net::Task<catalog::Result<SignedIn>> open_session(catalog::AccountId account, Right right);
    void end(catalog::store::Catalog& catalog, const std::string& session);
    void demand_second_step(catalog::store::Catalog& catalog, http::Caller& caller) const;
    std::string cookie(const std::string& value, std::chrono::seconds life) const;

    Parts parts_;
    Settings::SignIn settings_;
    http::Site::Transport transport_;
    Strangers strangers_;
    std::atomic<int> waiting_{0};
    net::Pool hashing_;  ///< few at a time: each takes 64 MiB and a core
};

} // namespace server::access
