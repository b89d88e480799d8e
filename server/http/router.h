#pragma once

#include "catalog/audience.h"
#include "server/http/reply.h"
#include "server/http/request.h"
#include "server/net/task.h"

#include <functional>
#include <string>
#include <vector>

namespace server::http {

using net::Task;

/// Who asks, resolved from the cookie.
struct Caller {
    catalog::Viewer viewer;
    std::string session;  ///< the sign-in's hash, as the store keys it; empty where anonymous
    /// Whether the desk is kept from it until it has a second step of signing in. It sees what staff see meanwhile.
    bool owes_second_step = false;
};

/// Whom a route answers; others get sign_in_required or forbidden. No route answers an unsafe method that
/// comes from a foreign page.
enum class Access {
    unstated,           ///< no route: the table does not take it
    all_alike,          ///< the same answer for everyone: the cookie is not looked at
    anyone,             ///< the handler looks who it is
    signed_in,
    desk_reader,        ///< secretariat and organisers: what shows the desk and changes nothing
    own_desk_account,   ///< secretariat and organisers, about their own accounts; who owes a second step, too
    secretariat,        ///< organisers too where the method is safe: they read the desk
    secretariat_alone,  ///< not even read by organisers
};

struct BodyRule {
    enum class Kind {
        none,
        json,
        any,  ///< of any type, read whole as JSON is
        stream,
    };
    Kind kind = Kind::none;
    std::uint64_t limit = 0;  ///< bytes of Content-Length
    /// Whether a request that may have a body must say how long it is, else 411.
    enum class Length { required, optional } length = Length::required;
};

/// How refusals that the router makes for a route look.
enum class Form { json, page };

using Handler = std::function<Task<Reply>(const Request&, const Caller&)>;

struct Route {
    Method method;
    std::string pattern;  ///< "/api/videos/{id}/play"
    Access access = Access::unstated;
    Handler handler;
    BodyRule body = {};
    Form form = Form::json;
};

/// The table of routes. Filled before the server starts, then only read.
class Router {
  public:
    /// Throws std::logic_error where the method and pattern are taken, or where it states no access.
    void add(Route route);
    const std::vector<Route>& routes() const { return routes_; }

    struct Match {
        const Route* route = nullptr;  ///< null: none
        Request::Fields parameters;
        std::vector<Method> allowed;   ///< where only the method does not match
    };
    /// HEAD is answered by GET's route where it has none of its own.
    Match match(Method method, const std::vector<std::string>& segments) const;

  private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> patterns_;  ///< of routes_, split
};

} // namespace server::http
