#include "transcoder/stills/changes.h"

#include <array>
#include <cstdlib>

namespace transcoder::stills {

namespace {

/// A cell has changed where its pixels' light differs by more than this in the mean, of 255. An
/// encoder that has few bits leaves up to 10 around text, each time another; text that came or went
/// has 16 and more.
constexpr int noise = 12;

/// The columns that changed times the rows that changed, as a share of all. A speaker in a quarter
/// of the width and height has 0.06 to 0.1, one more line of text 0.1; another slide 0.3 and more.
constexpr double wide_enough = 0.2;

/// A row or a column counts where at least so many of its cells changed: one may be a pointer.
constexpr int at_least = 2;

struct Area {
    int left;
    int right;
    int top;
    int bottom;
};

Area area_of(std::size_t cell, const AVFrame& picture) {
    const auto column = static_cast<int>(cell) % cell_columns;
    const auto row = static_cast<int>(cell) / cell_columns;
    return {picture.width * column / cell_columns, picture.width * (column + 1) / cell_columns,
            picture.height * row / cell_rows, picture.height * (row + 1) / cell_rows};
}

bool differs(const AVFrame& a, const AVFrame& b, const Area& area) {
    // Every other line tells as much: no letter is only one line high.
    constexpr int step = 2;
    int difference = 0;
    int pixels = 0;
    for (int y = area.top; y < area.bottom; y += step) {
        const auto* of_a = a.data[0] + std::ptrdiff_t{y} * a.linesize[0];
        const auto* of_b = b.data[0] + std::ptrdiff_t{y} * b.linesize[0];
        for (int x = area.left; x < area.right; ++x)
            difference += std::abs(of_a[x] - of_b[x]);
        pixels += area.right - area.left;
    }
    return difference > noise * pixels;
}

template <std::size_t Size> int count_enough(const std::array<int, Size>& counts) {
    int enough = 0;
    for (const int count : counts)
        enough += count >= at_least ? 1 : 0;
    return enough;
}

/// Columns times rows, as a share of all.
double reach(const Cells& changed) {
    std::array<int, cell_columns> in_column{};
    std::array<int, cell_rows> in_row{};
    for (std::size_t cell = 0; cell < changed.size(); ++cell) {
        if (!changed[cell])
            continue;
        ++in_column[cell % cell_columns];
        ++in_row[cell / cell_columns];
    }
    constexpr double all = cell_columns * cell_rows;
    return count_enough(in_column) * count_enough(in_row) / all;
}

} // namespace

bool has_cells(const AVFrame& picture) {
    return picture.width >= cell_columns && picture.height >= cell_rows;
}

Cells changed(const AVFrame& a, const AVFrame& b) {
    Cells cells;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        cells[cell] = differs(a, b, area_of(cell, a));
    return cells;
}

bool is_another_slide(const Cells& changed) { return reach(changed) >= wide_enough; }

bool stands_still(const Cells& settled, const Cells& moving) {
    // As far as speakers and films beside a slide reach; a camera's picture moves over two fifths and more.
    constexpr double beside = 1.0 / 3;
    return reach(moving) <= beside || 2 * moving.count() <= settled.count();
}

} // namespace transcoder::stills
