#pragma once

#include "catalog/withdrawn_span.h"

#include <filesystem>
#include <vector>

namespace transcoder::withdraw {

/// Leaves out of a folder's captions and chapters what they say in spans, and draws its waveform without a
/// peak there.
void remake_texts(const std::filesystem::path& folder, const std::vector<catalog::Span>& spans);

} // namespace transcoder::withdraw
