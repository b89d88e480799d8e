#pragma once

#include "catalog/caption.h"
#include "catalog/withdrawn_span.h"

#include <cstdint>
#include <vector>

namespace catalog::store {

class Connection;

/// What was withdrawn of recordings.
class WithdrawalStore {
  public:
    explicit WithdrawalStore(Connection& connection) : connection_(connection) {}

    /// In the order in which they were withdrawn.
    std::vector<WithdrawnSpan> all();
    std::vector<WithdrawnSpan> of_recording(const RecordingId& recording);

    /// What of the texts of a recording's videos lies in a span: whole cues and chapters, those that a
    /// clip does not show included.
    struct Texts {
        std::int64_t cues = 0;
        std::int64_t chapters = 0;  ///< that begin in it
        friend bool operator==(const Texts&, const Texts&) = default;
    };
    Texts texts_in(const RecordingId& recording, const Span& span);

    /// From now on it is withdrawn. Texts in it are removed, so neither captions nor transcript nor search
    /// have them any more; the recording has no source from now on. Gives what was removed. Throws where
    /// there is no such recording.
    Texts add(const WithdrawnSpan& withdrawn);
    /// The files of a recording were made anew without these. The search index is merged, so that it holds
    /// no remainder of what was removed from it either.
    void set_removed(const std::vector<WithdrawnSpanId>& withdrawn);

    /// Cues of a video without those that say something of what was withdrawn of its recording.
    std::vector<Cue> without_withdrawn(const VideoId& video, std::vector<Cue> cues);

  private:
    Connection& connection_;
};

} // namespace catalog::store
