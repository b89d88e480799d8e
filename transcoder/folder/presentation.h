#pragma once

#include "catalog/media/multivariant_playlist.h"
#include "transcoder/folder/rendition_writer.h"
#include "transcoder/plan/plan.h"

#include <memory>
#include <vector>

namespace transcoder::folder {

/// All renditions of a recording and the playlists above them.
class Presentation {
  public:
    /// Goes on with what lies in `folder`. Borrows the plan.
    Presentation(std::filesystem::path folder, const plan::Plan& plan,
                 RenditionWriter::OnSegment on_segment);

    /// A sink for each of the plan's rungs, then one for the sound.
    std::vector<stages::FragmentSink*> sinks();

    /// The chunk in which work goes on: the one that holds the last segment which all have.
    int first_chunk() const;

    enum class Announced { now, before, not_yet };
    /// Writes main.m3u8 and audio.m3u8 with the planned rates as soon as every rendition can be
    /// played from its beginning.
    Announced announce();

    /// All fragments have been added: ends all indexes, then writes the measured rates.
    void finish();

    std::chrono::microseconds duration() const;

  private:
    catalog::media::MultivariantPlaylist
    main_of(const std::vector<catalog::media::Bandwidth>& bandwidths) const;
    catalog::media::MultivariantPlaylist
    audio_of(const std::vector<catalog::media::Bandwidth>& bandwidths) const;
    void write(const std::vector<catalog::media::Bandwidth>& bandwidths) const;
    std::vector<catalog::media::Bandwidth> planned() const;
    std::vector<catalog::media::Bandwidth> measured() const;

    const std::filesystem::path folder_;
    const plan::Plan& plan_;
    std::vector<std::unique_ptr<RenditionWriter>> writers_;  ///< as the plan's names
    bool announced_;
};

} // namespace transcoder::folder
