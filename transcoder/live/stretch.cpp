#include "transcoder/live/stretch.h"

#include "transcoder/av/failure.h"

#include <algorithm>
#include <new>

namespace transcoder::live {

using catalog::media::Part;
using catalog::media::SegmentHead;
using Made = LiveRung::Made;

namespace {

av::LiveSettings settings_of(const LiveRung& rung) {
    av::LiveSettings settings;
    settings.size = rung.size;
    settings.timescale = static_cast<int>(second);
    settings.frames_a_second = static_cast<int>((second + rung.step / 2) / rung.step);
    settings.max_rate = rung.max_rate;
    settings.quality = rung.quality;
    return settings;
}

av::EncodedForm form_of(const Published& published, const Stretch::Beginning& beginning) {
    av::CodecParameters parameters(avcodec_parameters_alloc());
    if (!parameters)
        throw std::bad_alloc();
    av::check(avcodec_parameters_copy(parameters.get(), published.parameters.get()),
              "keep the publisher's parameters");
    const auto step = static_cast<int>(beginning.step);
    const auto lead = static_cast<int>(beginning.lead);
    return {std::shared_ptr<const AVCodecParameters>(parameters.release(),
                                                     [](const AVCodecParameters* kept) {
                                                         auto* freed = const_cast<AVCodecParameters*>(kept);
                                                         avcodec_parameters_free(&freed);
                                                     }),
            {static_cast<int>(second), step},
            static_cast<int>(second),
            step,
            lead / step,
            lead};
}

} // namespace

Stretch::Stretch(const std::vector<LiveRung>& rungs, const Published& published,
                 const Beginning& beginning, SoundLane& sound, LiveFolder& folder,
                 OnLanded on_landed)
    : beginning_(beginning), sound_(sound), folder_(folder), on_landed_(std::move(on_landed)),
      opening_(beginning.opening), now_(beginning.at) {
    const auto number = static_cast<int>(folder.beats());
    if (passes())
        cutter_ = std::make_unique<PassedCutter>(beginning.at, beginning.step, beginning.gap);
    else
        cutter_ = std::make_unique<EvenCutter>(beginning.at);
    for (const auto& rung : rungs) {
        // The first stretch's form is the one that the file begins with.
        const auto sets = rung.made == Made::passed && number > 0 ? ParameterSets::in_key_frames
                                                                  : ParameterSets::apart;
        if (rung.made == Made::passed && passes()) {
            lanes_.push_back(
                std::make_unique<PassedLane>(form_of(published, beginning), number, sets));
            encoded_.push_back(nullptr);
            continue;
        }
        const auto made = rung.made == Made::passed ? encoded_instead(rung) : rung;
        const EncodedLane::Beginning begins{number, paced(beginning.step, made.step), sets};
        auto lane = std::make_unique<EncodedLane>(settings_of(made), published.facts, begins);
        encoded_.push_back(lane.get());
        lanes_.push_back(std::move(lane));
    }
    const Cut first{beginning.at, Cut::Begins::segment, Part::Start::independent};
    for (const auto& lane : lanes_)
        lane->cut(first);
    sound_.cut(first);
}

Ticks Stretch::beyond_hole(Ticks at) const {
    constexpr Ticks longest_part = second * 102 / 100;
    if (!passes() || !last_ || at - cutter_->part_begin() <= longest_part)
        return 0;
    return std::max<Ticks>(0, at - *last_ - beginning_.step);
}

void Stretch::take(const AVPacket& packet, Key key) {
    if (passes())
        while (const auto next = cutter_->next(packet.dts, key))
            cut(*next);
    for (const auto& lane : lanes_)
        lane->take(packet);
    last_ = packet.dts;
    now_ = std::max(now_, packet.dts + beginning_.step);
}

void Stretch::see(const AVFrame& picture, Ticks at) {
    if (!passes())
        while (const auto next = cutter_->next(at, Key::no))
            cut(*next);
    for (const auto& lane : lanes_)
        lane->see(picture, at);
}

void Stretch::cut(const Cut& cut) {
    const bool is_whole = cut.begins == Cut::Begins::segment;
    for (const auto& lane : lanes_)
        lane->cut(cut);
    sound_cuts_.push_back(cut);
    close(cut.at, is_whole ? RenditionFile::Segment::is_whole : RenditionFile::Segment::goes_on);
    if (is_whole)
        opening_ = {std::nullopt, SegmentHead::Continuity::follows};
}

void Stretch::close(Ticks at, RenditionFile::Segment segment) {
    folder_.add(Beat{std::exchange(opening_, std::nullopt), segment, at});
}

void Stretch::settle(Sound sound) {
    constexpr Ticks patience = second;
    for (; !sound_cuts_.empty(); sound_cuts_.pop_front()) {
        const auto& next = sound_cuts_.front();
        const bool is_waited_for = sound == Sound::comes && now_ - next.at < patience;
        if (is_waited_for && !sound_.reaches(next.at))
            break;
        sound_.cut(next);
    }
    land();
}

void Stretch::end() {
    // Long enough for a packet of sound.
    constexpr Ticks shortest = second / 20;
    if (!passes())
        while (const auto next = cutter_->next(now_ - shortest, Key::no))
            cut(*next);
    auto at = std::max(now_, cutter_->part_begin() + shortest);
    for (const auto& lane : lanes_)
        at = std::max(at, lane->earliest_end());
    for (const auto& lane : lanes_)
        lane->end(at);
    for (; !sound_cuts_.empty(); sound_cuts_.pop_front())
        sound_.cut(sound_cuts_.front());
    sound_.end(at);
    sound_.forget_behind(at);
    close(at, RenditionFile::Segment::is_whole);
    land();
    // What a run left behind is whole; the next one takes it up from there.
    if (folder_.has_unlanded())
        throw av::Failure("make a part of every rendition", AVERROR_INVALIDDATA);
}

void Stretch::land() {
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        while (auto piece = lanes_[i]->pieces().pull())
            folder_.add(i, std::move(*piece));
    while (auto piece = sound_.pieces().pull())
        folder_.add(lanes_.size(), std::move(*piece));
    while (const auto landed = folder_.land())
        on_landed_(*landed);
}

void Stretch::rest(std::size_t rung) {
    if (encoded_[rung] != nullptr)
        encoded_[rung]->rest();
}

} // namespace transcoder::live
