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
};

enum class Access {
    all_alike,    ///< the same answer for everyone: the cookie is not looked at
    anyone,       ///< the handler looks who it is
    signed_in,    ///< else sign_in_required
    secretariat,  ///< else sign_in_required or forbidden; no unsafe method from a foreign Origin
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
    Access access;
    Handler handler;
    BodyRule body = {};
    Form form = Form::json;
};

/// The table of routes. Filled before the server starts, then only read.
class Router {
  public:
    /// Throws std::logic_error where the method and pattern are taken.
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
