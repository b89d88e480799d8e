#pragma once

#include "catalog/result.h"
#include "server/http/reply.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace server::play {

inline constexpr std::string_view webvtt_type = "text/vtt; charset=utf-8";

/// How long what is given may be kept: to the end of the grant or of the window, whichever is first.
struct Freshness {
    std::chrono::seconds left{0};
    bool may_be_kept = true;  ///< not of a preview
};

/// Refuses (not_found) an address that there is not, or not yet: nobody keeps that.
catalog::Error nowhere();
/// Refuses (withdrawn) an address of which something was taken back.
catalog::Error withdrawn();

/// A text that stays as it is, or one that grows.
enum class TextAge { growing, ended };
http::Reply text_reply(const std::shared_ptr<const http::StoredText>& text, std::string_view type,
                       TextAge age, const Freshness& fresh);

/// Cache-Control of bytes that never change under their address; empty where nobody may keep them.
std::string kept_for_good(const Freshness& fresh);

} // namespace server::play
