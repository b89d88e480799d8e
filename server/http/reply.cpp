#include "server/http/reply.h"

#include "server/http/refusal_status.h"
#include "server/http/target.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <stdexcept>

namespace server::http {

Reply& Reply::add(std::string_view name, std::string_view value) {
    const auto is_control = [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    };
    if (std::any_of(value.begin(), value.end(), is_control)) {
        throw std::logic_error("a control character in the field " + std::string(name));
    }
    fields.append(name).append(": ").append(value).append("\r\n");
    return *this;
}

Reply json(Status status, const nlohmann::json& value) {
    return {.status = status,
            .type = "application/json",
            .body = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

Reply html(Status status, std::string text) {
    return {.status = status, .type = "text/html; charset=utf-8", .body = std::move(text)};
}

Reply plain_text(Status status, std::string text) {
    return {.status = status, .type = "text/plain; charset=utf-8", .body = std::move(text)};
}

Reply empty(Status status) { return {.status = status}; }

Reply see_other(std::string_view address) {
    Reply reply = empty(Status::see_other);
    reply.add("Location", address);
    return reply;
}

Reply refusal(const catalog::Error& error) {
    nlohmann::json told{{"kind", word_of(error.kind)}, {"message", error.message}};
    if (error.at && (error.kind == catalog::Refusal::not_yet_open ||
                     error.kind == catalog::Refusal::not_ready)) {
        told["opens_at"] = catalog::time::format_rfc3339(*error.at);
    }
    if (error.at && error.kind == catalog::Refusal::closed) {
        told["closed_at"] = catalog::time::format_rfc3339(*error.at);
    }
    const nlohmann::json answer{{"error", std::move(told)}};
    Reply reply = json(status_of(error.kind), answer);
    if (error.kind == catalog::Refusal::try_later) {
        reply.add("Retry-After", "30");
    }
    return reply;
}

Reply reply_of(const catalog::Result<nlohmann::json>& result, Status status) {
    return result ? json(status, *result) : refusal(result.error());
}

Reply failure() {
    const nlohmann::json told{{"kind", "failure"},
                              {"message", "サーバーで問題が起きました。しばらくしてからもう一度お試しください。"}};
    const nlohmann::json answer{{"error", told}};
    return json(Status::failure, answer);
}

std::string attachment(std::string_view file_name) {
    // RFC 6266, D: a fallback of plain ASCII for who does not know filename*.
    std::string fallback;
    for (const char letter : file_name) {
        const bool is_plain = letter >= ' ' && letter < 0x7f && letter != '"' && letter != '\\' &&
                              letter != '%';
        fallback.push_back(is_plain ? letter : '_');
    }
    return "attachment; filename=\"" + fallback + "\"; filename*=UTF-8''" +
           percent_encoded(file_name);
}

} // namespace server::http
