#pragma once

#include "transcoder/av/handles.h"

#include <bitset>

namespace transcoder::stills {

/// A picture is looked at in cells, so that a place where something moves does not hide that the
/// rest stands still.
inline constexpr int cell_columns = 32;
inline constexpr int cell_rows = 18;
using Cells = std::bitset<static_cast<std::size_t>(cell_columns* cell_rows)>;

/// Whether the picture has a pixel for each cell.
bool has_cells(const AVFrame& picture);

/// The cells in which two pictures of one size differ by more than an encoder's noise.
Cells changed(const AVFrame& a, const AVFrame& b);

/// Whether so much of the picture, and over so wide an area, makes it another slide: a line of
/// text, a pointer, or a speaker in a corner does not.
bool is_another_slide(const Cells& changed);

/// Whether the picture stands still around what is `settled`, for all that is `moving`: a speaker or a
/// film beside it moves less than what has come to stand, a camera's picture more.
bool stands_still(const Cells& settled, const Cells& moving);

} // namespace transcoder::stills
