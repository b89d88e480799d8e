#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/stills/changes.h"

#include <chrono>
#include <optional>
#include <vector>

namespace transcoder::stills {

/// What stands on the screen for a while.
struct Slide {
    std::chrono::microseconds begin{0};
    std::chrono::microseconds end{0};
    std::chrono::microseconds still{0};   ///< when it stands there with all that was added to it
    std::chrono::microseconds before{0};  ///< the last key picture looked at before `begin`
    friend bool operator==(const Slide&, const Slide&) = default;
};

/// Finds slides in the key pictures of a recording. A new slide is what has changed over a wide area
/// and then stands still from one key picture to the next: what goes on moving (a speaker, a film)
/// is none, however large, nor is a camera's picture, of which a part always happens to be as it was. What is added to a slide little by little is compared with how the slide
/// was when it came, not with a moment ago.
class SlideFinder {
  public:
    /// In the order of time, all of one size. `begin` of a slide is the first key picture with it.
    void add(std::chrono::microseconds at, const AVFrame& picture);

    /// Together they fill the recording. What stood for a moment only belongs to the slide before.
    std::vector<Slide> finish(std::chrono::microseconds end);

  private:
    /// Between two neighbouring key pictures.
    struct Change {
        std::chrono::microseconds before;
        std::chrono::microseconds by;
    };
    void look(std::chrono::microseconds at, const AVFrame& picture);
    void begin_slide(const Change& change, std::chrono::microseconds at, const AVFrame& picture);
    void end_slide(std::chrono::microseconds end);

    std::vector<Slide> slides_;
    Slide slide_;                     ///< the one that stands
    av::Frame reference_;             ///< how it was when it came
    av::Frame last_;                  ///< the last key picture
    std::chrono::microseconds last_at_{0};
    std::optional<Change> left_;      ///< since when the picture is unlike `reference_`
    std::optional<Change> stirred_;   ///< when much changed from one key picture to the next
};

} // namespace transcoder::stills
