#pragma once

#include "catalog/media/media_playlist.h"
#include "transcoder/av/encoded_form.h"
#include "transcoder/folder/fresh_folder.h"

#include <chrono>
#include <span>
#include <string>

namespace transcoder::stills {

/// One track of the sound-and-slides presentation: a CMAF file in which each segment is a fragment,
/// and its index.
class Track {
  public:
    /// Borrows `folder`. `target` in seconds: no segment is longer.
    Track(const folder::FreshFolder& folder, std::string name, int target);

    /// Packets of one segment, stamped as `av::fragment` takes them.
    void add(const av::EncodedForm& form, std::span<const av::Packet> packets,
             std::chrono::microseconds duration);
    /// Ends the file and writes the index.
    void finish();

    const std::string& name() const { return name_; }
    const std::string& codec() const { return codec_; }
    const catalog::media::MediaPlaylist& playlist() const { return playlist_; }

  private:
    const folder::FreshFolder& folder_;
    const std::string name_;
    std::string codec_;
    catalog::media::MediaPlaylist playlist_;
    folder::AppendFile file_;
};

} // namespace transcoder::stills
