#pragma once

#include "catalog/result.h"
#include "catalog/store/catalog.h"

#include <string>

namespace server::live {

/// Who changes something, and when.
struct Change {
    catalog::time::UtcTime now;
    catalog::AccountId account;  ///< empty: the command line
};

/// The stream's one key from now on. Refuses not_found, invalid (no live entry), conflict (it has ended).
catalog::Result<void> set_key(catalog::store::Catalog& catalog, const catalog::VideoId& video,
                              const std::string& key_hash, const Change& change);
/// Ends a stream for good. Refuses not_found where there is none; nothing happens to one that has ended.
catalog::Result<void> end_stream(catalog::store::Catalog& catalog, const catalog::VideoId& video,
                                 const Change& change);
/// A chapter of what is live, or of the archive. Refuses not_found, invalid (no title, or too long).
catalog::Result<void> mark(catalog::store::Catalog& catalog, const catalog::VideoId& video,
                           const catalog::Chapter& chapter, const Change& change);
catalog::Result<void> set_break(catalog::store::Catalog& catalog, const catalog::VideoId& video,
                                catalog::LiveStream::Break pause, const Change& change);
/// What the archive will show, or shows from now on. Refuses not_found, invalid.
catalog::Result<void> trim(catalog::store::Catalog& catalog, const catalog::VideoId& video,
                           const catalog::Span& span, const Change& change);

/// The video shows its stream's trimmed recording, its chapters where they are in that; unpublished
/// where its plan wants no archive. Once, when the stream has ended.
void become_archive(catalog::store::Catalog& catalog, const catalog::VideoId& video);

} // namespace server::live
