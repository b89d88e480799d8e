#pragma once

#include "transcoder/av/encoded_form.h"

#include <cstdint>
#include <string>

namespace transcoder::stages {

/// About two seconds of one rendition, ready to be appended to its file.
struct Fragment {
    int number = 0;           ///< from 0
    std::int64_t frames = 0;  ///< of the grid that it covers
    std::string bytes;        ///< moof and mdat
};

/// Where fragments of one rendition go. Called from several threads.
class FragmentSink {
  public:
    virtual ~FragmentSink() = default;
    /// What the track is, with the first packet of any of its chunks. Only the first call counts.
    virtual void describe(const av::EncodedForm& form, const AVPacket& first) = 0;
    /// May come out of order.
    virtual void add(Fragment fragment) = 0;
};

} // namespace transcoder::stages
