#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/av/scaler.h"

#include <string>

namespace transcoder::av {

/// What a single picture is kept as: JPEG, which everything shows, or WebP, which keeps small text
/// sharp in fewer bytes.
enum class StillKind { jpeg, webp };

/// The picture at that size (even), with colours as files of that kind have them.
Frame to_still(const AVFrame& picture, Size size, StillKind kind);

/// The file of a picture that `to_still` gave for that kind. The same bytes on every processor.
std::string encode_still(const AVFrame& still, StillKind kind);

} // namespace transcoder::av
