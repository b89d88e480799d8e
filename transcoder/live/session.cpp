#include "transcoder/live/session.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace transcoder::live {

using catalog::media::SegmentHead;
using std::chrono::microseconds;
using Key = Stretch::Key;
using Made = LiveRung::Made;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr AVRational tick{1, static_cast<int>(second)};

Rejection unsupported_codec() {
    return {Kind::unsupported,
            "対応していない形式の配信です。映像をH.264、音声をAACに設定して、もう一度配信してください。",
            "This kind of stream is not supported: set the picture to H.264 and the sound to AAC."};
}

Rejection no_picture() {
    return {Kind::unsupported, "映像が届いていません。映像と音声を一緒に配信してください。",
            "No picture came: publish picture and sound together."};
}

Rejection nothing_came() {
    return {Kind::not_a_recording, "再生できる映像が届かないまま、配信が終わりました。",
            "The stream ended before any picture came that can be shown."};
}

unsigned threads_of(const LiveJob& job) {
    return job.threads != 0 ? job.threads : std::max(1U, std::thread::hardware_concurrency());
}

} // namespace

Session::Session(const LiveJob& job, const std::optional<std::string>& kept, Keep keep,
                 Events& events)
    : job_(job), keep_(std::move(keep)), events_(events) {
    if (auto rungs = read_live_ladder(kept.value_or(""))) {
        rungs_ = std::move(*rungs);
        folder_.emplace(job_.folder, names_of(rungs_));
    }
}

Outcome<microseconds> Session::run(int descriptor) {
    av::LiveInput input(descriptor, job_.container);
    while (auto packet = input.read()) {
        const auto& stream = input.stream(packet->stream_index);
        if (auto taken = take(stream, std::move(packet)); !taken)
            return taken.error();
        if (!stretch_)
            continue;
        const auto now = SteadyClock::now();
        lateness_.look(now, input.waited(), stretch_->now());
        watch();
        if (auto told = watch_.tell(now, input.bytes_read())) {
            told->width = published_->facts.stored.width;
            told->height = published_->facts.stored.height;
            told->late = lateness_.late();
            events_.publisher(*told);
        }
    }
    break_off();
    if (!folder_ || folder_->beats() == 0)
        return nothing_came();
    return to_microseconds(folder_->end());
}

Outcome<void> Session::take(const AVStream& stream, av::Packet packet) {
    const auto codec = stream.codecpar->codec_id;
    switch (stream.codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
        if (codec != AV_CODEC_ID_H264)
            return unsupported_codec();
        take_picture(stream, *packet);
        break;
    case AVMEDIA_TYPE_AUDIO:
        if (codec != AV_CODEC_ID_AAC && codec != AV_CODEC_ID_AAC_LATM)
            return unsupported_codec();
        take_sound(stream, *packet);
        break;
    default:
        break;
    }
    constexpr Ticks longest_without_picture = 10 * second;
    if (sound_alone_ > longest_without_picture)
        return no_picture();
    return boost::system::in_place_value;
}

void Session::take_picture(const AVStream& stream, const AVPacket& packet) {
    if (!picture_stream_) {
        picture_stream_ = stream.index;
        units_.describe({stream.codecpar->extradata,
                         static_cast<std::size_t>(stream.codecpar->extradata_size)});
    }
    if (stream.index != *picture_stream_)
        return;
    auto unit = units_.take(packet);
    if (!unit)
        return;
    sound_alone_ = 0;
    auto& taken = *unit->packet;
    const auto stamped = [&](std::int64_t stamp) {
        return stamp == AV_NOPTS_VALUE ? stamp : av_rescale_q(stamp, stream.time_base, tick);
    };
    taken.dts = stamped(packet.dts != AV_NOPTS_VALUE ? packet.dts : packet.pts);
    taken.pts = stamped(packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts);
    if (taken.dts == AV_NOPTS_VALUE)
        return;
    take_unit(std::move(*unit));
}

void Session::take_unit(AvcUnits::Unit unit) {
    if (is_another_clock(unit.packet->dts) || units_.configuration() != configuration_) {
        break_off();
        configuration_ = units_.configuration();
        last_decoded_.reset();
        watch_.jump();
    }
    // What trembles backwards is decoded next all the same.
    if (last_decoded_ && unit.packet->dts <= *last_decoded_)
        unit.packet->dts = *last_decoded_ + 1;
    last_decoded_ = unit.packet->dts;
    watch_.picture(*last_decoded_, unit.is_idr);
    if (!stretch_)
        hold(std::move(unit));
    else
        run_picture(std::move(unit.packet), unit.is_idr ? Key::yes : Key::no);
}

bool Session::is_another_clock(Ticks decoded) {
    constexpr Ticks longest_pause = 3 * second;
    constexpr Ticks longest_step_back = second / 2;
    if (!last_decoded_)
        return false;
    const auto step = decoded - *last_decoded_;
    return step > longest_pause || step < -longest_step_back;
}

void Session::hold(AvcUnits::Unit unit) {
    // Some encoders never send an IDR picture after their first: then what recovers will do.
    constexpr Ticks longest_without_key = 3 * second;
    if (held_.empty() && !unit.is_idr) {
        without_key_ += unit.packet->duration > 0 ? unit.packet->duration : second / 30;
        if (without_key_ < longest_without_key || (unit.packet->flags & AV_PKT_FLAG_KEY) == 0)
            return;
    }
    without_key_ = 0;
    Held held;
    held.key = unit.is_idr ? Key::yes : Key::no;
    held.packet = std::move(unit.packet);
    held_.push_back(std::move(held));
    if (knows_enough())
        begin_stretch();
}

/// Two GOPs, or a longer one; more than any publisher sends in that time is not kept.
bool Session::knows_enough() const {
    constexpr std::size_t most_held = 2000;
    int keys = 0;
    for (const auto& held : held_)
        keys += held.packet && held.key == Key::yes ? 1 : 0;
    return keys >= 2 || held_.size() > most_held ||
           *last_decoded_ - held_.front().packet->dts > longest_gop;
}

FirstGops Session::first_gops() const {
    FirstGops gops;
    for (const auto& held : held_) {
        if (!held.packet)
            continue;
        gops.decoded.push_back(held.packet->dts);
        gops.bytes += static_cast<std::uint64_t>(held.packet->size);
        if (held.key == Key::yes)
            gops.keys.push_back(held.packet->dts);
        if (held.packet->pts < held.packet->dts)
            gops.order = FirstGops::Order::odd;
    }
    return gops;
}

void Session::begin_stretch() {
    auto published = look_at(*held_.front().packet, configuration_);
    if (!published) {
        held_.clear();
        return;
    }
    published_.emplace(std::move(*published));
    const auto gops = first_gops();
    const bool passes = can_pass(*published_, gops);
    if (rungs_.empty())
        begin_recording(*published_, gops);
    const bool may_pass = rungs_.back().made == Made::passed;
    if (passes && may_pass && widen(rungs_.back(), {published_->facts.shown, step_of(gops).usual}))
        keep_(to_text(rungs_));
    has_another_form_ = true;
    start(passes && may_pass ? Made::passed : Made::encoded, gops, step_of(gops));
    for (auto& held : std::exchange(held_, {}))
        if (!held.packet)
            run_sound(held.samples, held.at);
        else
            run_picture(std::move(held.packet), held.key);
}

void Session::begin_recording(const Published& published, const FirstGops& gops) {
    const auto top = can_pass(published, gops) ? Made::passed : Made::encoded;
    const auto step = step_of(gops).usual;
    const auto span = std::max(second, gops.decoded.back() - gops.decoded.front() + step);
    const auto rate = static_cast<int>(8 * gops.bytes * static_cast<std::uint64_t>(second) /
                                       static_cast<std::uint64_t>(span));
    rungs_ = live_ladder({published.facts.shown, step, rate}, top, threads_of(job_));
    keep_(to_text(rungs_));
    folder_.emplace(job_.folder, names_of(rungs_));
}

microseconds Session::held_for() const {
    return held_.empty() ? microseconds{0}
                         : to_microseconds(*last_decoded_ - held_.front().packet->dts);
}

/// The wall clock goes on by what was recorded, and by the pause where there was one.
RenditionFile::Opening Session::opening() const {
    const auto before = folder_->ends_at();
    if (!before)
        return {job_.begins_at, SegmentHead::Continuity::follows};
    auto begins_at = job_.begins_at;
    // In a later stretch of this run: what is held came in the meantime.
    if (is_announced_)
        begins_at += std::chrono::floor<std::chrono::milliseconds>(
            SteadyClock::now() - begun_ - held_for());
    return {std::max(*before, begins_at), SegmentHead::Continuity::breaks};
}

void Session::start(Made top, const FirstGops& gops, const Step& step) {
    Stretch::Beginning beginning;
    beginning.at = folder_->end();
    beginning.opening = opening();
    beginning.top = top;
    beginning.step = step.usual;
    for (std::size_t i = 1; i < gops.keys.size(); ++i)
        beginning.gap = std::max(beginning.gap, gops.keys[i] - gops.keys[i - 1]);
    if (!held_.empty()) {
        const auto& first = *held_.front().packet;
        steady_ = {step.kind == Step::Kind::nominal ? std::optional(step.usual) : std::nullopt,
                   beginning.at};
        lead_ = steady_.nearest(std::max<Ticks>(0, first.pts - first.dts));
        offset_ = beginning.at - first.dts;
    }
    beginning.lead = lead_;
    const auto number = static_cast<int>(folder_->beats());
    if (!sound_)
        sound_.emplace(sound_rate, beginning.at, number);
    if (!decoder_)
        decoder_.emplace(*published_->parameters, tick);
    const auto on_landed = [this](const Landed& beat) { landed(beat); };
    stretch_.emplace(rungs_, *published_, beginning, *sound_, *folder_, on_landed);
    for (std::size_t i = 0; i < rungs_.size(); ++i)
        if (resting_.contains(rungs_[i].name))
            stretch_->rest(i);
}

void Session::run_picture(av::Packet packet, Key key) {
    // Containers mark other places too from which a picture recovers.
    packet->flags = key == Key::yes ? AV_PKT_FLAG_KEY : 0;
    // Decoded when it would be shown without the delay; sound goes by what is shown.
    const auto delay = steady_.nearest(packet->pts - packet->dts);
    auto decoded = packet->dts + offset_;
    const auto hole = stretch_->beyond_hole(decoded);
    offset_ -= hole;
    decoded = steady_.place(decoded - hole);
    packet->dts = decoded;
    packet->pts = decoded + delay - lead_;
    if (!stretch_->goes_on(packet->dts, key)) {
        // Its key frames lie too far apart to be handed on any longer: encoded, nothing is lost.
        const Step step{stretch_->beginning().step, Step::Kind::measured};
        stretch_->end();
        start(Made::encoded, {}, step);
    }
    stretch_->take(*packet, key);
    decode(packet.get());
    settle();
}

void Session::decode(const AVPacket* packet) {
    decoder_->send(packet);
    while (const auto picture = decoder_->receive())
        if (picture->best_effort_timestamp != AV_NOPTS_VALUE)
            stretch_->see(*picture, picture->best_effort_timestamp);
}

void Session::take_sound(const AVStream& stream, const AVPacket& packet) {
    if (!sound_stream_)
        sound_stream_ = stream.index;
    if (stream.index != *sound_stream_)
        return;
    auto heard = sound_source_.take(stream, packet);
    if (!heard)
        return;
    watch_.sound();
    if (!picture_stream_)
        sound_alone_ += av_rescale(static_cast<std::int64_t>(heard->samples.size()), second,
                                   av::sound_rate);
    if (stretch_) {
        run_sound(heard->samples, heard->at);
        settle();
    } else if (!held_.empty()) {
        Held held;
        held.samples = std::move(heard->samples);
        held.at = heard->at;
        held_.push_back(std::move(held));
    }
}

void Session::run_sound(const av::Samples& samples, Ticks at) {
    if (const auto begin = sound_source_.place(at + offset_ - lead_, samples.size(), stretch_->now()))
        sound_->add(samples, *begin);
}

void Session::settle() {
    stretch_->settle(watch_.hears_sound() ? Stretch::Sound::comes : Stretch::Sound::is_missing);
}

void Session::break_off() {
    if (!stretch_ && !held_.empty() && !configuration_.empty())
        begin_stretch();
    held_.clear();
    if (stretch_) {
        decode(nullptr);
        stretch_->end();
    }
    stretch_.reset();
    decoder_.reset();
    sound_source_.jump();
}

void Session::landed(const Landed& landed) {
    if (!is_announced_ || std::exchange(has_another_form_, false))
        announce();
    events_.part({landed.number, landed.part,
                  landed.segment == RenditionFile::Segment::is_whole ? PartTold::Segment::is_whole
                                                                     : PartTold::Segment::goes_on,
                  to_microseconds(landed.end)});
}

void Session::announce() {
    Lists lists;
    lists.rungs = rungs_;
    lists.language = job_.language;
    lists.resting = resting_;
    const auto names =
        write_lists(job_.folder, lists, [this](std::size_t i) { return folder_->file(i).codec(); });
    is_announced_ = true;
    events_.live({target_duration, part_target, names});
}

/// Makes less where what came cannot be kept up with: of what is encoded the dearest goes first, what is
/// handed on and the sound never, and one picture stays.
void Session::watch() {
    if (!lateness_.is_too_late(SteadyClock::now()))
        return;
    const auto rests = [this](const LiveRung& rung) { return resting_.contains(rung.name); };
    const auto least = stretch_->passes() ? 0 : 1;
    for (std::size_t i = rungs_.size(); i-- > static_cast<std::size_t>(least);) {
        const bool passes = rungs_[i].made == Made::passed && stretch_->passes();
        if (passes || rests(rungs_[i]))
            continue;
        resting_.insert(rungs_[i].name);
        stretch_->rest(i);
        events_.rung_dropped(rungs_[i].name, "behind");
        announce();
        return;
    }
}

} // namespace transcoder::live
