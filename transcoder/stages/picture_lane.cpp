#include "transcoder/stages/picture_lane.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"

#include <algorithm>
#include <utility>

namespace transcoder::stages {

namespace {

bool is_thinnest(const plan::Plan& plan, const plan::Rung& rung) {
    return rung == plan.rungs.front();
}

av::PictureSettings settings(const plan::Plan& plan, const plan::Rung& rung) {
    const auto rate = plan.grid.rate();
    av::PictureSettings settings;
    settings.size = {rung.width, rung.height};
    settings.frame_rate = {rate.num, rate.den * rung.divisor};
    settings.key_interval = plan.grid.longest_gop() / rung.divisor;
    settings.max_rate = rung.max_rate;
    settings.buffer = rung.buffer;
    settings.quality = rung.quality;
    settings.timescale = plan.grid.timescale();
    settings.frame_ticks = plan.grid.frame_ticks() * rung.divisor;
    // A chunk begins about as full as it ends: else each would spend most of a second's bits more. Of
    // the thinnest a key frame takes much.
    settings.filled = is_thinnest(plan, rung) ? 0.7 : 0.6;
    if (rung != plan.rungs.back())
        settings.effort = av::PictureSettings::Effort::careful;
    return settings;
}

} // namespace

PictureLane::PictureLane(const plan::Plan& plan, const plan::Rung& rung, av::Size from,
                         FragmentSink& sink)
    : plan_(plan), rung_(rung), cadence_(plan.grid, rung.divisor), sink_(sink) {
    const av::Size to{rung.width, rung.height};
    if (from != to)
        scaler_.emplace(from, to);
}

void PictureLane::begin(std::int64_t frame) {
    if (!form_)
        encode_by(Dealt::rated);
    encoder_.reset();
    spent_ = Spent::within_rate;
    scaled_ = nullptr;
    packets_.clear();
    fragment_ = plan_.grid.first_fragment(plan_.grid.segment_of(frame, frame + plan_.grid.gop()));
    due_ = cadence_.number(frame);
    sent_.clear();
    still_.reset();
    cut_ = {};
}

/// All encoders of a track have the same parameter sets.
void PictureLane::encode_by(Dealt dealt) {
    auto wanted = settings(plan_, rung_);
    wanted.dealt = dealt;
    if (form_)
        wanted.level = av::level_of(*form_);
    encoder_.emplace(wanted);
    dealt_ = dealt;
    const auto form = encoder_->form();
    if (form_ && !av::is_same_form(form, *form_))
        throw av::Failure("keep a track's parameter sets", AVERROR_BUG);
    form_ = form;
}

void PictureLane::end_encoder() {
    if (!encoder_)
        return;
    encoder_->finish();
    take();
    encoder_.reset();
}

/// The thinnest rung always keeps to its rate: thin lines are what it is for.
PictureLane::Dealt PictureLane::dealt_for(MotionScout::Motion motion) const {
    const bool is_free = motion == MotionScout::Motion::little && spent_ == Spent::within_rate &&
                         !is_thinnest(plan_, rung_);
    return is_free ? Dealt::constant : Dealt::rated;
}

const AVFrame& PictureLane::add(const AVFrame& picture, const Showing& when,
                                MotionScout::Motion motion) {
    const auto shows =
        scaled_ != nullptr && when.serial == serial_ ? Shows::same : Shows::another;
    if (!scaler_)
        scaled_ = &picture;
    else if (shows == Shows::another)
        scaled_ = &scaler_->scale(picture);
    serial_ = when.serial;
    if (cadence_.number(when.frame) != due_ || (plan_.grid.is_key(when.frame) && repeat(when)))
        return *scaled_;
    if (plan_.grid.is_key(when.frame)) {
        const auto dealt = dealt_for(motion);
        if (dealt != dealt_)
            end_encoder();
        if (!encoder_)
            encode_by(dealt);
        still_ = dealt == Dealt::constant ? still(when) : std::nullopt;
    }
    send(when, shows);
    take();
    return *scaled_;
}

std::optional<PictureLane::Still> PictureLane::still(const Showing& when) const {
    if (when.until != plan_.grid.key_after(when.frame))
        return std::nullopt;
    return Still{when.serial, cadence_.number(when.until) - cadence_.number(when.frame)};
}

/// Whether the GOP that begins is as the one before it, and its packets were taken. By one quantizer
/// they are what the encoder would make again.
bool PictureLane::repeat(const Showing& when) {
    if (!still_ || still(when) != still_)
        return false;
    end_encoder();
    cut(when.frame);
    if (spent_ == Spent::beyond_rate)
        return false;
    for (const auto& packet : cut_.packets) {
        auto again = av::another(*packet);
        again->pts += due_ - cut_.begin;
        packets_.push_back(std::move(again));
    }
    sent_.push_back({packets_.size(), Dealt::constant});
    due_ += still_->frames;
    return true;
}

void PictureLane::send(const Showing& when, Shows shows) {
    const bool is_key = plan_.grid.is_key(when.frame);
    const auto number = std::exchange(due_, next_sent(when, is_key ? Shows::another : shows));
    lasts_ = due_ - number;
    if (is_key)
        sent_.push_back({0, dealt_});
    ++sent_.back().pictures;
    encoder_->send(*scaled_, {number, lasts_, cadence_.number(when.until) - number},
                   is_key ? av::PictureEncoder::Kind::key : av::PictureEncoder::Kind::any);
}

/// The frame at which another picture is shown; at most half a second on, and less where the
/// picture is new.
std::int64_t PictureLane::next_sent(const Showing& when, Shows shows) const {
    const auto rate = plan_.grid.rate();
    const std::int64_t half_second = std::max(1, rate.num / (2 * rate.den * rung_.divisor));
    // By one quantizer a repeat comes out no better than what it repeats.
    const auto repeat =
        dealt_ == Dealt::constant ? half_second : std::min(2 * lasts_, half_second);
    const auto longest = shows == Shows::another ? 1 : repeat;
    return std::min(cadence_.number(when.until), cadence_.number(when.frame) + longest);
}

void PictureLane::finish(std::int64_t end) {
    end_encoder();
    cut(end);
}

void PictureLane::take() {
    while (auto packet = encoder_->receive()) {
        if ((packet->flags & AV_PKT_FLAG_KEY) != 0) {
            if (packets_.empty())
                sink_.describe(*form_, *packet);
            cut(plan_.grid.fragment_begin(fragment_ + 1));
        }
        packets_.push_back(std::move(packet));
    }
}

void PictureLane::cut(std::int64_t end) {
    if (packets_.empty())
        return;
    const auto& grid = plan_.grid;
    const auto begin = grid.fragment_begin(fragment_);
    const auto sent = sent_.front();
    if (packets_.size() != sent.pictures)
        throw av::Failure("count the pictures of a fragment", AVERROR_BUG);
    sent_.pop_front();
    keep(cadence_.number(begin));
    stamp(end);
    auto bytes = av::fragment(*form_, fragment_, packets_);
    if (sent.dealt == Dealt::constant && is_beyond_rate(bytes.size(), grid.at(end) - grid.at(begin)))
        spent_ = Spent::beyond_rate;
    sink_.add({fragment_, grid.segment_of(begin, end), grid.at(end), std::move(bytes)});
    ++fragment_;
    packets_.clear();
}

void PictureLane::keep(std::int64_t begin) {
    cut_ = {{}, begin};
    if (still_)
        for (const auto& packet : packets_)
            cut_.packets.push_back(av::another(*packet));
}

bool PictureLane::is_beyond_rate(std::size_t bytes, std::chrono::microseconds duration) const {
    const double seconds = std::chrono::duration<double>(duration).count();
    return 8.0 * static_cast<double>(bytes) > rung_.max_rate * seconds;
}

/// The n-th is decoded when the n-th shown would be without the delay, so that each lasts in the
/// file as long as it is shown.
void PictureLane::stamp(std::int64_t end) {
    std::vector<std::int64_t> shown;
    for (auto& packet : packets_) {
        packet->pts = cadence_.ticks(packet->pts);
        shown.push_back(packet->pts);
    }
    std::ranges::sort(shown);
    shown.push_back(cadence_.ticks(cadence_.number(end)));
    for (std::size_t i = 0; i < packets_.size(); ++i) {
        auto& packet = *packets_[i];
        packet.pts += form_->lead;
        packet.dts = shown[i];
        packet.duration = shown[i + 1] - shown[i];
    }
}

} // namespace transcoder::stages
