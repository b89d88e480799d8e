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

    /// The chunk in which work goes on: the one that holds the last segment which all have that are
    /// made together. What is handed on is not among them, nor is the sound where it goes first.
    int first_chunk() const;
    /// Likewise of sound that goes first.
    int first_sound_chunk() const;

    /// Writes main.m3u8 and audio.m3u8 with the planned rates: as soon as what is handed on can be
    /// played, with its sound, from its beginning, of that; of all as soon as all can. Gives the
    /// names that they list by now.
    std::vector<std::string> announce();

    /// All fragments have been added: ends all indexes, lists I-frames, then writes the measured rates.
    void finish();

    std::chrono::microseconds duration() const;

  private:
    /// Which renditions main.m3u8 lists.
    enum class Listed { none, passed, all };
    Listed playable() const;
    bool passes(std::size_t writer) const;
    bool is_in(Listed listed, std::size_t writer) const;

    catalog::media::MultivariantPlaylist
    main_of(const std::vector<catalog::media::Bandwidth>& bandwidths, Listed listed) const;
    catalog::media::MultivariantPlaylist
    audio_of(const std::vector<catalog::media::Bandwidth>& bandwidths) const;
    void write(const std::vector<catalog::media::Bandwidth>& bandwidths, Listed listed) const;
    std::optional<catalog::media::IFrameStream> write_i_frames() const;
    std::vector<catalog::media::Bandwidth> planned() const;
    std::vector<catalog::media::Bandwidth> measured() const;

    const std::filesystem::path folder_;
    const plan::Plan& plan_;
    std::vector<std::unique_ptr<RenditionWriter>> writers_;  ///< as the plan's names
    Listed announced_;
    std::optional<catalog::media::IFrameStream> i_frames_;   ///< listed when all is whole
};

} // namespace transcoder::folder
