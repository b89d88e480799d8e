#pragma once

#include "catalog/caption.h"
#include "catalog/caption_file/cue_times.h"
#include "catalog/caption_file/lines.h"
#include "catalog/caption_file/notes.h"
#include "catalog/result.h"

#include <optional>

namespace catalog::caption_file {

struct ReadCue {
    Cue cue;
    std::size_t line; ///< of its times
};

/// Takes the lines of a file apart into cues. SRT and WebVTT are read alike, but for what WebVTT
/// alone has: a head, comments, identifiers that are words.
class CueReader {
  public:
    /// Borrows both.
    CueReader(const std::vector<Line>& lines, Notes& notes) : lines_(lines), notes_(notes) {}

    /// The cues in their order, each with text and some length.
    /// Refuses (invalid) times that cannot be right, and a file without cues.
    Result<std::vector<ReadCue>> read();

  private:
    struct Open {
        Cue cue;
        std::size_t line;
    };

    const Line& line() const { return lines_[at_]; }
    void skip_head();
    bool takes_comment();
    bool is_heading() const;
    bool is_next_number() const;
    bool are_meant(const CueTimes& times) const;
    Result<void> begin_cue(const CueTimes& times);
    void add_text();
    void end_cue();

    const std::vector<Line>& lines_;
    Notes& notes_;
    std::size_t at_ = 0;
    bool is_webvtt_ = false;
    bool is_behind_heading_ = false;
    std::optional<int> number_; ///< the last one
    std::size_t begun_ = 0;
    std::optional<Open> open_;
    std::vector<ReadCue> cues_;
};

} // namespace catalog::caption_file
