#include "server/http/refusal_status.h"

#include <cassert>

namespace server::http {

namespace {

using catalog::Refusal;

struct Answer {
    Status status;
    std::string_view word;
};

Answer answer_to(Refusal kind) {
    switch (kind) {
    case Refusal::not_found: return {Status::not_found, "not_found"};
    case Refusal::not_yet_open: return {Status::forbidden, "not_yet_open"};
    case Refusal::closed: return {Status::gone, "closed"};
    case Refusal::withdrawn: return {Status::gone, "withdrawn"};
    case Refusal::sign_in_required: return {Status::unauthorized, "sign_in_required"};
    case Refusal::wrong_credentials: return {Status::unauthorized, "wrong_credentials"};
    case Refusal::not_registered: return {Status::forbidden, "not_registered"};
    case Refusal::forbidden: return {Status::forbidden, "forbidden"};
    case Refusal::grant_expired: return {Status::forbidden, "grant_expired"};
    case Refusal::not_ready: return {Status::conflict, "not_ready"};
    case Refusal::conflict: return {Status::conflict, "conflict"};
    case Refusal::invalid: return {Status::bad_request, "invalid"};
    case Refusal::unsupported: return {Status::unsupported_media_type, "unsupported"};
    case Refusal::too_large: return {Status::content_too_large, "too_large"};
    case Refusal::no_space: return {Status::no_space, "no_space"};
    case Refusal::try_later: return {Status::too_many_requests, "try_later"};
    }
    assert(false);
    return {Status::failure, "failure"};
}

} // namespace

Status status_of(Refusal kind) { return answer_to(kind).status; }

std::string_view word_of(Refusal kind) { return answer_to(kind).word; }

} // namespace server::http
