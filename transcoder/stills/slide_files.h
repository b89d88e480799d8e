#pragma once

#include "transcoder/folder/fresh_folder.h"
#include "transcoder/stills/slide_finder.h"

#include <nlohmann/json.hpp>

namespace transcoder::stills {

/// Each slide as a picture of the source's size (`slide-0001.webp`, …), and `slides.json`, which
/// says when it stands there: `[{"at_s":0.0,"until_s":12.4,"file":"slide-0001.webp"}]`.
class SlideFiles {
  public:
    /// Borrows.
    explicit SlideFiles(const folder::FreshFolder& folder) : folder_(folder) {}

    /// In the order of time. `picture` shows the slide.
    void add(const Slide& slide, const AVFrame& picture);
    void finish() const;

  private:
    const folder::FreshFolder& folder_;
    nlohmann::ordered_json list_ = nlohmann::ordered_json::array();
};

} // namespace transcoder::stills
