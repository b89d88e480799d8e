#pragma once

#include "catalog/live_stream.h"
#include "server/pages/library.h"

#include <nlohmann/json_fwd.hpp>

namespace server::pages {

/// How the live entry `video` stands now. It has a plan.
catalog::ShownState live_state(const Library& library, const catalog::Video& video);

/// Whether it is still a stream, or one to come, rather than its archive.
bool is_stream(const Library& library, const catalog::Video& video);

/// Whether it is watched at any time: no stream, or one that has become its archive.
bool is_recorded(const Library& library, const catalog::Video& video);

/// state, badge, sentence (or none).
Data told_live(const Library& library, const catalog::Video& video);
/// href, title, state, badge, sentence, note; opens (or none) and now: of a stream in a list.
Data link_to_live(const Library& library, const catalog::Video& video);

/// What a page's script starts from: `{"status": "/api/…", "state", "lobby_opens_at", "starts_at",
/// "words": {state: {"badge", "sentence"}}}`. `status`: where it asks how the stream stands.
nlohmann::json live_data(const Library& library, const catalog::Video& video,
                         const std::string& status);

} // namespace server::pages
