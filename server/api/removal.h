#pragma once

#include "server/http/router.h"
#include "server/services.h"

namespace server::api {

/// Removes a video, and its recording with its files where no other video uses it; a transcoder
/// that works on it is stopped first. Refuses not_found.
http::Task<catalog::Result<void>> remove_video(Services& services, catalog::VideoId id,
                                               catalog::AccountId account);

/// Finishes removals that a crash cut off: folders of recordings whose rows are gone and whose
/// removal the audit log knows. Others are left alone, so that an old catalog put back beside newer
/// recordings loses none.
void finish_removals(catalog::store::Catalog& catalog, const catalog::store::DataFolder& folder);

} // namespace server::api
