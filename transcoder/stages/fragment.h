#pragma once

#include "transcoder/av/encoded_form.h"

#include <chrono>
#include <string>

namespace transcoder::stages {

/// About two seconds of one rendition, or a whole segment, ready to be appended to its file.
struct Fragment {
    int number = 0;                     ///< from 0
    int segment = 0;                    ///< the one it belongs to, from 0
    std::chrono::microseconds end{0};   ///< its end's instant
    std::string bytes;                  ///< moof and mdat
};

/// Where fragments of one rendition go. Called from several threads.
class FragmentSink {
  public:
    virtual ~FragmentSink() = default;
    /// What the track is, with the first packet of any of its chunks. Only the first call counts.
    virtual void describe(const av::EncodedForm& form, const AVPacket& first) = 0;
    /// May come out of order.
    virtual void add(Fragment fragment) = 0;
    /// All fragments have been added.
    virtual void finish() = 0;
    /// Segments that it has already: what belongs to them is dropped.
    virtual std::size_t segments() const = 0;
};

} // namespace transcoder::stages
