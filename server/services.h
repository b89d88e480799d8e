#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "catalog/time/zone.h"
#include "server/catalog_thread.h"
#include "server/net/limits.h"
#include "server/settings.h"

#include <optional>

namespace server {

namespace access {
class GrantKeys;
class LiveSessions;
class SignIns;
class StreamSecret;
} // namespace access
namespace jobs {
class Downloads;
class JobRunner;
class WithdrawalRunner;
}
namespace live {
class LiveRunner;
class Viewers;
} // namespace live
namespace play {
class Play;
class PlayTable;
} // namespace play
namespace upload {
class Uploads;
}

/// Where publishers come in; nothing where they do not.
struct IngestAddresses {
    std::optional<net::Listening> rtmp;
    std::optional<net::Listening> srt;
};

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
    jobs::Downloads& downloads;
    jobs::WithdrawalRunner& withdrawals;
    live::LiveRunner& live;
    live::Viewers& viewers;
    const access::StreamSecret& stream_secret;
    const IngestAddresses& ingest;
};

} // namespace server
