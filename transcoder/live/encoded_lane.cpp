#include "transcoder/live/encoded_lane.h"

#include "transcoder/av/fragment_muxer.h"

#include <algorithm>

namespace transcoder::live {

using Kind = av::LiveEncoder::Kind;
using Start = catalog::media::Part::Start;

EncodedLane::EncodedLane(const av::LiveSettings& settings, const plan::PictureFacts& facts,
                         const Beginning& beginning)
    : encoder_(settings), form_(encoder_.form()), conformer_(facts, settings.size),
      beginning_(beginning) {}

void EncodedLane::see(const AVFrame& picture, Ticks at) {
    bool is_sent = false;
    while (!cuts_.empty() && at >= cuts_.front().at - tolerance) {
        const auto cut = cuts_.front();
        cuts_.pop_front();
        // Where nothing new is shown at a cut, what was shown before it stays.
        is_sent = !last_ || at <= cut.at + tolerance;
        begin(cut, is_sent ? picture : *last_);
    }
    last_ = av::another(picture);
    if (open_ && !is_sent && pace_ == Pace::usual && is_due(at))
        send(picture, at, Kind::any);
}

/// None that would be shown for less than its time before the next cut.
bool EncodedLane::is_due(Ticks at) const {
    const auto left = open_->at + second - at;
    return at >= due_ - tolerance && (left <= 0 || left >= beginning_.step - tolerance);
}

void EncodedLane::begin(const Cut& cut, const AVFrame& picture) {
    if (open_)
        close(cut.at);
    open_ = cut;
    send(picture, cut.at, cut.start == Start::independent ? Kind::key : Kind::any);
    due_ = cut.at + beginning_.step;
}

void EncodedLane::send(const AVFrame& picture, Ticks at, Kind kind) {
    auto shown = av::another(picture);
    shown->pts = to_microseconds(at).count();
    conformer_.push(std::move(shown));
    const auto conformed = conformer_.pull();
    if (!conformed)
        return;
    auto packet = encoder_.encode(*conformed->frame, at, kind);
    packet->dts = packet->pts;
    if (!described_) {
        init_ = av::init_section(form_, *packet);
        described_ = true;
    }
    if (kind == Kind::key && beginning_.sets == ParameterSets::in_key_frames)
        packet = av::with_parameter_sets(*packet, form_);
    if (!packets_.empty())
        packets_.back()->duration = at - packets_.back()->pts;
    packets_.push_back(std::move(packet));
    due_ = std::max(due_ + beginning_.step, at + beginning_.step / 2);
}

void EncodedLane::end(Ticks at) {
    for (; !cuts_.empty() && last_; cuts_.pop_front())
        begin(cuts_.front(), *last_);
    if (open_)
        close(at);
    open_.reset();
}

Ticks EncodedLane::earliest_end() const {
    const auto last = !cuts_.empty() ? cuts_.back().at : packets_.empty() ? 0 : packets_.back()->pts;
    return last + beginning_.step;
}

void EncodedLane::close(Ticks at) {
    packets_.back()->duration = at - packets_.back()->pts;
    pieces_.push({std::exchange(init_, {}), av::fragment(form_, beginning_.number, packets_),
                  to_microseconds(at) - to_microseconds(open_->at), open_->start});
    ++beginning_.number;
    packets_.clear();
}

} // namespace transcoder::live
