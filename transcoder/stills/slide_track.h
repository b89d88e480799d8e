#pragma once

#include "transcoder/av/picture_encoder.h"
#include "transcoder/stills/slide_show.h"

namespace transcoder::stills {

/// The slides as a track of very few pictures: one at each cut.
class SlideTrack {
  public:
    /// Borrows all.
    SlideTrack(const folder::FreshFolder& folder, const plan::Plan& plan,
               const std::vector<std::chrono::microseconds>& cuts);

    /// In the order of time: `picture` stands until `end`, from where the last one stood to.
    void add(const AVFrame& picture, std::chrono::microseconds end);
    /// The last picture stands to the end. No picture at all: there is no track.
    void finish();

    const Track& track() const { return track_; }

  private:
    void take();

    const std::vector<std::chrono::microseconds>& cuts_;
    av::PictureEncoder encoder_;
    const av::EncodedForm form_;
    Track track_;
    av::Frame last_;
    std::size_t sent_ = 0;   ///< cuts whose picture the encoder has
    std::size_t taken_ = 0;  ///< cuts whose picture is in the file
};

} // namespace transcoder::stills
