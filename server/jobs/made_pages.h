#pragma once

#include "catalog/document.h"
#include "catalog/result.h"

#include <filesystem>
#include <vector>

namespace server::jobs {

/// The pages that a transcoder says to have made in `folder` (pages.json). It has touched hostile input,
/// so each value is checked: sizes, lengths, text that is UTF-8, a picture for each page. Refuses
/// (invalid) what is none. Blocks.
catalog::Result<std::vector<catalog::DocumentPage>> made_pages(const std::filesystem::path& folder);

} // namespace server::jobs
