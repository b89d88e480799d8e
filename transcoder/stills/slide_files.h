#pragma once

#include "transcoder/folder/fresh_folder.h"
#include "transcoder/stills/slide_finder.h"

#include <future>
#include <vector>

namespace transcoder::stills {

/// Each slide as a picture of the source's size (`slide-0001.webp`, …), and `slides.json`, which
/// says when it stands there: `[{"at_s":0.0,"until_s":12.4,"file":"slide-0001.webp"}]`.
class SlideFiles {
  public:
    /// Borrows.
    explicit SlideFiles(const folder::FreshFolder& folder) : folder_(folder) {}

    /// In the order of time. `picture` shows the slide. It is encoded while the caller goes on.
    void add(const Slide& slide, const AVFrame& picture);
    /// Throws what stopped an encoder.
    void finish();

  private:
    const folder::FreshFolder& folder_;
    std::vector<Slide> slides_;
    std::future<void> writing_;  ///< one at a time: it waits for its end when it goes
};

} // namespace transcoder::stills
