#pragma once

#include "catalog/withdrawn_span.h"

#include <chrono>
#include <filesystem>
#include <vector>

namespace transcoder::withdraw {

/// Pictures that are taken of a folder's renditions once more, when those have nothing to be seen in spans:
/// small pictures and the poster, where these come out otherwise, and slides that stand for longer than a
/// span; what stands within one alone goes. Files that show nothing of it stay as they are.
void remake_stills(const std::filesystem::path& folder, const std::vector<catalog::Span>& blanked);

} // namespace transcoder::withdraw
