#include "server/api/routes.h"

namespace server::api {
namespace {

http::Task<http::Reply> health(const http::Request&, const http::Caller&) {
    co_return http::json(http::Status::ok, {{"status", "ok"}});
}

} // namespace

void add_health(http::Router& router) {
    router.add({http::Method::get, "/healthz", http::Access::all_alike, health});
}

} // namespace server::api
