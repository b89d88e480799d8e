#pragma once

#include "transcoder/av/handles.h"

namespace transcoder::av {

/// Whether both show the very same: size, format, meaning of the colours, and every sample. Stops at
/// the first that differs.
bool is_same_picture(const AVFrame& a, const AVFrame& b);

/// The share of 16×16 blocks in which two 4:2:0 pictures of one size differ in brightness at all.
double changed_share(const AVFrame& a, const AVFrame& b);

} // namespace transcoder::av
