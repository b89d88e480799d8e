#include "server/http/router.h"

#include <stdexcept>

namespace server::http {

namespace {

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::optional<Request::Fields> matched(const std::vector<std::string>& pattern,
                                       const std::vector<std::string>& segments) {
    if (pattern.size() != segments.size()) {
        return std::nullopt;
    }
    Request::Fields parameters;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (is_parameter(pattern[at])) {
            if (segments[at].empty()) {
                return std::nullopt;
            }
            parameters.emplace_back(pattern[at].substr(1, pattern[at].size() - 2), segments[at]);
        } else if (pattern[at] != segments[at]) {
            return std::nullopt;
        }
    }
    return parameters;
}

} // namespace

void Router::add(Route route) {
    if (route.access == Access::unstated) {
        throw std::logic_error("nobody is stated for " + route.pattern);
    }
    const Request pattern(route.method, route.pattern);
    for (std::size_t at = 0; at < routes_.size(); ++at) {
        if (routes_[at].method == route.method && patterns_[at] == pattern.segments()) {
            throw std::logic_error("two routes for " + route.pattern);
        }
    }
    patterns_.push_back(pattern.segments());
    routes_.push_back(std::move(route));
}

Router::Match Router::match(Method method, const std::vector<std::string>& segments) const {
    Match match;
    Match by_get;
    for (std::size_t at = 0; at < routes_.size(); ++at) {
        auto parameters = matched(patterns_[at], segments);
        if (!parameters) {
            continue;
        }
        const Route& route = routes_[at];
        if (route.method == method) {
            match.route = &route;
            match.parameters = std::move(*parameters);
            return match;
        }
        if (route.method == Method::get) {
            match.allowed.push_back(Method::head);
            by_get.route = &route;
            by_get.parameters = std::move(*parameters);
        }
        match.allowed.push_back(route.method);
    }
    return method == Method::head && by_get.route != nullptr ? by_get : match;
}

} // namespace server::http
