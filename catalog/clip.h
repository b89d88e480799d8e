#pragma once

#include "catalog/result.h"
#include "catalog/video.h"

#include <chrono>
#include <optional>
#include <vector>

namespace catalog {

/// What of a recording a video shows: one piece of it or several, in the recording's order. Times are
/// the recording's, or the video's own, which begins with the first piece and counts nothing of what
/// lies between them.
class Clip {
  public:
    using Time = std::chrono::milliseconds;

    /// Stands for the end of a recording, wherever that is.
    static constexpr Time open_end = Time::max();

    /// `cuts`: what is left out of `span` (nothing: of the whole), in any order.
    Clip(const std::optional<Span>& span, std::vector<Span> cuts);
    explicit Clip(const Video& video) : Clip(video.span, video.cuts) {}

    bool is_whole() const;
    const std::vector<Span>& pieces() const { return pieces_; }

    /// In the video's time; nothing for what it does not show.
    std::optional<Time> shown(Time recorded) const;
    /// The same; of what it does not show, where what comes next begins, or its end.
    Time nearest(Time recorded) const;
    /// In the recording's time. What is behind the end is there where that is.
    Time recorded(Time shown) const;
    /// The same of a span of the video: of what crosses a join, each side is where it was.
    std::vector<Span> recorded(const Span& shown) const;
    /// How long it is; nothing where that is the recording's end to say, and `whole` is not known.
    std::optional<Time> length(const std::optional<Time>& whole) const;

  private:
    std::vector<Span> pieces_;
};

/// A clip as somebody wants it of a recording that is `whole` long: within it, cuts in their order, none
/// where they meet. Nothing for `span` where it is all of it. Refuses (invalid) what is not in order,
/// reaches out of it, or leaves less than a second.
struct ClipWish {
    std::optional<Span> span;
    std::vector<Span> cuts;
};
Result<ClipWish> checked(ClipWish wish, std::chrono::milliseconds whole);

} // namespace catalog
