#pragma once

#include "catalog/caption.h"
#include "catalog/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// What a caption file was read as.
struct CaptionFile {
    std::vector<Cue> cues;          ///< in the order of their starts, each with text
    std::vector<std::string> notes; ///< what was changed or left out, with its line; at most 20
    std::string encoding;           ///< "UTF-8", "CP932"
    friend bool operator==(const CaptionFile&, const CaptionFile&) = default;
};

constexpr std::size_t largest_caption_file = 20'000'000; ///< bytes
constexpr std::size_t most_cues = 100'000;               ///< of one track

/// Reads an SRT or a WebVTT file, told apart by their content, in any encoding that Japanese
/// offices write (text/encoding.h). What editors and transcribers of meetings put beside
/// the text (numbers, markup, settings, comments) is left out and noted. Refuses (invalid), in a
/// sentence for people that names the line, what cannot be right: a time that is none, is negative,
/// or ends before it starts; an encoding that is none; another kind of file. Linear in the size of
/// the file.
Result<CaptionFile> read_caption_file(std::string_view bytes);

} // namespace catalog
