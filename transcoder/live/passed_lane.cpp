#include "transcoder/live/passed_lane.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"

namespace transcoder::live {

void PassedLane::cut(const Cut& cut) {
    if (open_)
        close(cut.at);
    open_ = cut;
}

av::Packet PassedLane::kept_of(const AVPacket& packet) const {
    if (sets_ == ParameterSets::in_key_frames && (packet.flags & AV_PKT_FLAG_KEY) != 0)
        return av::with_parameter_sets(packet, form_);
    auto kept = av::make_packet();
    av::check(av_packet_ref(kept.get(), &packet), "keep a packet");
    return kept;
}

void PassedLane::take(const AVPacket& packet) {
    if (!described_) {
        init_ = av::init_section(form_, packet);
        described_ = true;
    }
    auto kept = kept_of(packet);
    av_packet_free_side_data(kept.get());
    // The edit list takes the lead away again.
    kept->pts += form_.lead;
    if (!packets_.empty())
        packets_.back()->duration = kept->dts - packets_.back()->dts;
    packets_.push_back(std::move(kept));
}

void PassedLane::end(Ticks at) {
    if (open_)
        close(at);
    open_.reset();
}

void PassedLane::close(Ticks at) {
    packets_.back()->duration = at - packets_.back()->dts;
    pieces_.push({std::exchange(init_, {}), av::fragment(form_, number_, packets_),
                  to_microseconds(at) - to_microseconds(open_->at), open_->start});
    ++number_;
    packets_.clear();
}

} // namespace transcoder::live
