#include "catalog/store/place_store.h"

#include "catalog/store/connection.h"

namespace catalog::store {

using std::chrono::milliseconds;

std::optional<milliseconds> PlaceStore::find(const AccountId& account, const VideoId& video) {
    return read_one(connection_.query("SELECT at_ms FROM watch_place WHERE account = ? AND video = ?",
                                      account, video),
                    [](Query& row) { return row.take<milliseconds>(); });
}

void PlaceStore::put(const AccountId& account, const VideoId& video, milliseconds at) {
    connection_.run("INSERT INTO watch_place (account, video, at_ms) VALUES (?, ?, ?) "
                    "ON CONFLICT (account, video) DO UPDATE SET at_ms = excluded.at_ms",
                    account, video, at);
}

void PlaceStore::remove(const AccountId& account, const VideoId& video) {
    connection_.run("DELETE FROM watch_place WHERE account = ? AND video = ?", account, video);
}

} // namespace catalog::store
