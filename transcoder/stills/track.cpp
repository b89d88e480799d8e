#include "transcoder/stills/track.h"

#include "transcoder/av/fragment_muxer.h"

namespace transcoder::stills {

using catalog::media::MediaPlaylist;

Track::Track(const folder::FreshFolder& folder, std::string name, int target)
    : folder_(folder), name_(std::move(name)), file_(folder.open(name_ + ".mp4")) {
    playlist_.target_duration = target;
    playlist_.age = MediaPlaylist::Age::ended;
    playlist_.file = name_ + ".mp4";
}

void Track::add(const av::EncodedForm& form, std::span<const av::Packet> packets,
                std::chrono::microseconds duration) {
    if (codec_.empty()) {
        codec_ = av::codec_name(form);
        file_.append(av::init_section(form, *packets.front()));
        playlist_.init = {0, file_.size()};
    }
    const auto number = static_cast<int>(playlist_.segments.size());
    const auto bytes = av::fragment(form, number, packets);
    playlist_.segments.push_back({duration, {file_.size(), bytes.size()}});
    file_.append(bytes);
}

void Track::finish() {
    file_.sync();
    folder_.write(name_ + ".m3u8", catalog::media::to_file_text(playlist_));
}

} // namespace transcoder::stills
