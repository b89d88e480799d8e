#pragma once

#include "catalog/store/data_folder.h"
#include "catalog/time/clock.h"
#include "server/catalog_thread.h"
#include "server/play/play_table.h"
#include "server/settings.h"
#include "server/upload/tus_fields.h"
#include "server/upload/upload_locks.h"

#include <functional>
#include <string>

namespace server::upload {

/// Files on their way in, from the promise of room for them until they are a recording or a
/// material. Whatever stops it, what was acknowledged is there when it starts again: a file is
/// handed on by one rename and one transaction, repeated at start where they were cut off.
/// May be used by any thread.
class Uploads {
  public:
    struct Parts {
        const catalog::store::DataFolder& folder;
        const Settings::Uploads& settings;
        const catalog::time::Clock& clock;
        CatalogThread& writer;
        CatalogReaders& readers;
        play::PlayTable& play_table;
        std::function<void()> file_came;  ///< there is work for a transcoder
    };
    explicit Uploads(Parts parts);

    /// A file that somebody wants to send.
    struct Wish {
        std::uint64_t length = 0;
        std::string metadata;  ///< Upload-Metadata as sent
        Description description;
        catalog::AccountId account;
    };
    /// Refuses too_large, no_space, not_found (the video or material it is for).
    net::Task<catalog::Result<catalog::Upload>> create(Wish wish);
    net::Task<std::optional<catalog::Upload>> find(catalog::UploadId id);
    /// Where the bytes of an unfinished one lie.
    std::filesystem::path file_of(const catalog::UploadId& id) const;
    /// How much of it has come.
    std::uint64_t received_bytes(const catalog::UploadId& id) const;
    /// Hands a whole file on: it becomes a recording that waits for the transcoder, or a material.
    net::Task<> finish(catalog::Upload upload);
    /// It is not wanted any more.
    net::Task<> remove(catalog::Upload upload);

    UploadLocks& locks() { return locks_; }
    /// Threads for reading and writing the files.
    net::Pool& files() { return files_; }
    /// Waits until those have done what was asked of them.
    void join() { files_.join(); }
    const Settings::Uploads& settings() const { return parts_.settings; }

    /// At start, on the writer's thread: goes on with what a crash cut off.
    void recover(catalog::store::Catalog& catalog);
    /// Removes those whose time is over; whoever still sends one is told to stop.
    net::Task<> remove_expired();

  private:
    /// Where it lies once it was handed on.
    std::filesystem::path destination_of(const catalog::Upload& upload) const;
    catalog::Result<catalog::Upload> create_there(catalog::store::Catalog& catalog,
                                                  const Wish& wish);
    catalog::Result<void> check_room(catalog::store::Catalog& catalog, std::uint64_t length) const;
    catalog::VideoId draft_for(catalog::store::Catalog& catalog, const Wish& wish);
    void finish_there(catalog::store::Catalog& catalog, const catalog::Upload& upload);
    void become_recording(catalog::store::Catalog& catalog, const catalog::Upload& upload);
    void become_material(catalog::store::Catalog& catalog, const catalog::Upload& upload);

    Parts parts_;
    UploadLocks locks_;
    net::Pool files_{2};
};

} // namespace server::upload
