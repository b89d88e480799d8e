#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "catalog/time/zone.h"
#include "server/catalog_thread.h"
#include "server/settings.h"

namespace server {

namespace access {
class GrantKeys;
class LiveSessions;
class SignIns;
} // namespace access
namespace jobs {
class JobRunner;
}
namespace play {
class Play;
class PlayTable;
} // namespace play
namespace upload {
class Uploads;
}

/// What answers are made of. All of it outlives every answer, and may be used by any thread.
struct Services {
    const Settings& settings;
    const catalog::store::DataFolder& folder;
    const catalog::time::Zone& zone;
    const catalog::time::Clock& clock;
    CatalogThread& writer;
    CatalogReaders& readers;
    play::PlayTable& play_table;
    const play::Play& play;
    const access::GrantKeys& keys;
    access::LiveSessions& live_sessions;
    access::SignIns& sign_ins;
    upload::Uploads& uploads;
    jobs::JobRunner& jobs;
};

} // namespace server
