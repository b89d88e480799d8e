#include "server/api/session_writing.h"

#include "server/api/session_json.h"
#include "server/play/play_table.h"

namespace server::api {

void put_session(const Services& services, catalog::store::Catalog& catalog,
                 const std::optional<catalog::Session>& before, const catalog::Session& after,
                 const catalog::AccountId& account) {
    catalog.transaction([&] {
        catalog.sessions.put(after);
        catalog.audit.append({services.clock.now(), account, before ? "session.update" : "session.create",
                              after.id.text(), before ? noted(*before, services.zone).dump() : std::string(),
                              noted(after, services.zone).dump()});
    });
}

void show_session_in_play(const Services& services, catalog::store::Catalog& catalog, const catalog::SessionId& id) {
    for (const auto& video : catalog.videos.of_session(id))
        if (auto playable = play::playable_video(catalog, video.id))
            services.play_table.put(std::move(*playable));
}

} // namespace server::api
