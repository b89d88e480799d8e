#pragma once

#include "catalog/withdrawn_span.h"

#include <filesystem>
#include <set>
#include <span>
#include <string>

namespace catalog::media {

/// In a recording's folder: which spans were withdrawn from what lies there, for whoever has the folder
/// and nothing else. `[{"id","begin_s","end_s","lost"}]`; who and why is not said.
inline constexpr const char* withdrawn_file = "withdrawn.json";

std::string to_withdrawn_file(std::span<const WithdrawnSpan> withdrawn);
/// Their ids; none where there is no such file in `folder`, or one that means nothing.
std::set<WithdrawnSpanId> withdrawn_from(const std::filesystem::path& folder);

} // namespace catalog::media
