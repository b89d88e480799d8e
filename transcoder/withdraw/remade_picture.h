#pragma once

#include "catalog/withdrawn_span.h"
#include "transcoder/av/live_encoder.h"
#include "transcoder/withdraw/avc_sets.h"
#include "transcoder/withdraw/rendition.h"
#include "transcoder/withdraw/shown.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace transcoder::withdraw {

/// The picture that is shown just before an instant.
using PictureBefore = std::function<av::Frame(std::chrono::microseconds)>;

/// Makes segments of a rendition of the picture anew, with nothing to be seen in spans. What is encoded
/// refers to sets of parameters of its own, which are added to the track's, so that there is one init section
/// as before, and no break. Times, keys and fragments stay; between two keys each picture refers to those
/// before it only.
class RemadePicture {
  public:
    /// Borrows the rendition. `touched` are the places of its segments from which spans take something.
    RemadePicture(const Rendition& rendition, std::vector<catalog::Span> spans,
                  const std::vector<std::size_t>& touched);
    /// Of slides, which stand for long: a segment's pictures are taken anew from what is shown outside of the
    /// spans, and each is a key.
    void take_from(PictureBefore pictures) { taken_ = std::move(pictures); }

    /// The bytes of one of the touched segments. Any thread.
    std::string segment(std::size_t at) const;
    /// The init sections as they are from now on, by where they lie.
    Rendition::Exchanged inits() const;

  private:
    /// What segments with one init section have in common.
    struct Track {
        std::string init;                  ///< as it is from now on
        AvcSets sets;                      ///< likewise
        std::shared_ptr<const AVCodecParameters> parameters;  ///< likewise
        av::LiveSettings settings;         ///< of what is encoded
    };
    struct Original;
    Track track_of(std::size_t at) const;
    const Track& track(std::size_t at) const { return tracks_.at(rendition_.init_of(at).offset); }
    void decode(const Original& original, Blanked& blanked) const;
    void take(std::size_t at, const Original& original, const Blanked::Show& show) const;

    const Rendition& rendition_;
    std::vector<catalog::Span> spans_;
    PictureBefore taken_;
    std::map<std::uint64_t, Track> tracks_;   ///< by where its init section lies
};

} // namespace transcoder::withdraw
