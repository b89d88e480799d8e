#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace transcoder::timed_text {

/// What became of one track of captions in the source.
struct CaptionsTold {
    int stream = 0;
    std::string codec;               ///< libav's name of it: "mov_text"
    std::string language = "und";    ///< BCP 47
    std::string file;                ///< in the folder; empty where nothing was written
    std::string why_not;             ///< a term, where nothing was written
    std::int64_t cues = 0;           ///< that were written
    std::int64_t unreadable = 0;     ///< that were left out: damaged, or endlessly long
    std::int64_t not_utf8 = 0;       ///< likewise
    std::int64_t outside = 0;        ///< likewise: before the recording's beginning or behind its end
    friend bool operator==(const CaptionsTold&, const CaptionsTold&) = default;
};

/// What became of the source's chapters.
struct ChaptersTold {
    std::int64_t found = 0;
    std::int64_t written = 0;
    std::string why_not;             ///< a term, where there are some and none was written
    friend bool operator==(const ChaptersTold&, const ChaptersTold&) = default;
};

/// What became of the text that the source brings.
struct Told {
    std::vector<CaptionsTold> captions;
    ChaptersTold chapters;
    std::string why_not;             ///< where it could not be read at all: "unreadable"
    friend bool operator==(const Told&, const Told&) = default;
};

/// One line of JSON.
std::string to_text(const Told& told);

/// Throws std::runtime_error where the text is none that `to_text` gives: who wrote it has touched
/// hostile input.
Told read_told(std::string_view text);

} // namespace transcoder::timed_text
