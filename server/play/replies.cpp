#include "server/play/replies.h"

#include <algorithm>

namespace server::play {

namespace {

/// A text that no longer grows is asked for again rarely; a minute keeps replacing it possible.
constexpr std::chrono::seconds ended_text_age{60};

std::string kept_for(std::chrono::seconds age, std::string_view more) {
    std::string text = "public, max-age=";
    text.append(std::to_string(age.count())).append(more);
    return text;
}

} // namespace

catalog::Error nowhere() {
    return catalog::refuse(catalog::Refusal::not_found, "見つかりません。");
}

catalog::Error withdrawn() {
    return catalog::refuse(catalog::Refusal::withdrawn, "この部分は取り消されました。");
}

http::Reply text_reply(const std::shared_ptr<const http::StoredText>& text, std::string_view type,
                       TextAge age, const Freshness& fresh) {
    http::Reply reply;
    reply.type = type;
    reply.body = text;
    if (fresh.may_be_kept) {
        reply.cache_control = age == TextAge::ended
                                  ? kept_for(std::min(fresh.left, ended_text_age), "")
                                  : "no-cache";
    }
    return reply;
}

std::string kept_for_good(const Freshness& fresh) {
    return fresh.may_be_kept ? kept_for(fresh.left, ", immutable") : std::string();
}

} // namespace server::play
