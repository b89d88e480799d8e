#pragma once

#include "server/http/router.h"

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

} // namespace server::api
