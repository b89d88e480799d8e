#pragma once

#include "catalog/media/media_playlist.h"
#include "catalog/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace server::play {

/// What who loads a live playlist asks for (RFC 8216bis 6.2.5).
struct Directives {
    std::optional<std::uint64_t> number;  ///< _HLS_msn: answer when that segment is whole
    std::optional<std::uint64_t> part;    ///< _HLS_part: or that part of it is there
    enum class Form { whole, delta } form = Form::whole;  ///< _HLS_skip

    friend bool operator==(const Directives&, const Directives&) = default;
};

/// Reads a request's query; what else stands in it is not looked at. Refuses (invalid) what is no
/// number, and a part of no segment.
catalog::Result<Directives> directives_of(std::string_view query);

/// Refuses (invalid) what lies so far ahead that nobody would wait for it (RFC 8216bis 6.2.5.2).
catalog::Result<void> check_ahead(const Directives& directives,
                                  const catalog::media::MediaPlaylist& playlist);

/// How long the request is to wait for what is not there yet; nothing where it can be answered.
/// Shorter than common players wait for such an answer.
std::optional<std::chrono::milliseconds> wait_of(const Directives& directives,
                                                 const catalog::media::MediaPlaylist& playlist);

} // namespace server::play
