#pragma once

#include "server/http/router.h"

#include <string>

namespace server::api {

/// A handler that calls `verb` of a copy of `api`.
template <class Api>
http::Handler handler(const Api& api,
                      http::Task<http::Reply> (Api::*verb)(const http::Request&,
                                                           const http::Caller&) const) {
    return [api, verb](const http::Request& request, const http::Caller& caller) {
        return (api.*verb)(request, caller);
    };
}

/// The id that stands in the address.
template <class Id> Id id_in(const http::Request& request) {
    return Id(std::string(request.parameter("id")));
}

} // namespace server::api
