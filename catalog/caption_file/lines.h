#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace catalog::caption_file {

/// A line that is not blank, without the spaces around it.
struct Line {
    std::string_view text;
    std::size_t number; ///< in the file, from 1
    bool begins_block;  ///< the first of all, or behind a blank line
};

/// More lines than any captions have that may be taken (caption_file.h: most_cues).
constexpr std::size_t most_lines = 2'000'000;

/// Lines that are not blank, views into `text`; the first of all where there are more than
/// `most_lines`, and one of the others.
std::vector<Line> lines_of(std::string_view text);

/// Without the ASCII spaces around it. An ideographic space is somebody's layout, and stays.
std::string_view trimmed(std::string_view text);

bool is_digits(std::string_view text);

} // namespace catalog::caption_file
