#include "transcoder/stages/sound_reader.h"

#include "transcoder/av/time.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace transcoder::stages {

using std::chrono::microseconds;

namespace {

constexpr AVRational sample_time{1, av::sound_rate};

/// What lies further behind is not asked for again.
constexpr std::int64_t kept = 4 * av::sound_rate;

/// Floating point sound may hold what nobody recorded: louder than any decoder overshoots, or no
/// number at all. What is only too loud is turned down later.
float believable(float sample) {
    constexpr float loudest = 8;
    return std::isnan(sample) ? 0.0F : std::clamp(sample, -loudest, loudest);
}

} // namespace

SoundReader::SoundReader(const av::SourceFile& file, const plan::Plan& plan)
    : plan_(plan), packets_(file, plan, StraightPackets::Of::sound) {
    open(From::beginning);
}

void SoundReader::open(From from) {
    from_ = from;
    met_damage_ = decoder_ && met_damage();
    decoder_.emplace(packets_.stream());
    resampler_.reset();
    sequence_ = Sequence();
    runs_.clear();
    next_ = 0;
    furthest_ = 0;
    began_ = false;
    state_ = State::reading;
}

void SoundReader::start_at(std::int64_t sample) {
    if (plan_.source.access == plan::SourceFacts::Access::in_order)
        return;
    // Decoders need some frames before they sound right.
    constexpr std::int64_t preroll = av::sound_rate;
    const auto from = sample - preroll;
    // Where the sound ends long before the picture, nobody looks for it again and again.
    if (known_end_ && from >= *known_end_) {
        open(From::elsewhere);
        next_ = *known_end_;
        state_ = State::ended;
        return;
    }
    if (from > 0) {
        const auto instant = av::to_microseconds(from, sample_time).value_or(microseconds{0});
        if (packets_.seek(instant)) {
            open(From::elsewhere);
            while (runs_.empty() && state_ != State::ended)
                pull();
            if (!runs_.empty() && runs_.front().begin <= sample)
                return;
        }
    }
    packets_.restart();
    open(From::beginning);
}

std::optional<std::int64_t> SoundReader::end() const {
    return state_ == State::ended ? std::optional(next_) : std::nullopt;
}

av::Samples SoundReader::read(std::int64_t begin, std::int64_t count) {
    const auto end = begin + count;
    while (state_ != State::ended && next_ < end) {
        pull();
        while (!runs_.empty() && runs_.front().end() < begin - kept)
            runs_.pop_front();
    }
    av::Samples samples;
    for (auto& plane : samples.planes)
        plane.assign(static_cast<std::size_t>(count), 0.0F);
    for (const auto& run : runs_) {
        const auto from = std::max(begin, run.begin);
        const auto to = std::min(end, run.end());
        if (from >= to)
            continue;
        for (std::size_t channel = 0; channel < samples.planes.size(); ++channel)
            std::copy_n(run.samples.planes[channel].begin() + (from - run.begin), to - from,
                        samples.planes[channel].begin() + (from - begin));
    }
    return samples;
}

void SoundReader::pull() {
    if (const auto frame = decoder_->receive())
        take(*frame);
    else if (state_ == State::reading)
        feed();
    else {
        close_resampler();
        state_ = State::ended;
        if (from_ == From::beginning)
            known_end_ = furthest_;
    }
}

void SoundReader::feed() {
    const auto packet = packets_.read();
    if (!packet)
        state_ = State::draining;
    decoder_->send(packet.get());
}

void SoundReader::take(const AVFrame& frame) {
    if (!av::Resampler::can_be(frame))
        return;
    const auto lasts = microseconds(av_rescale(frame.nb_samples, 1'000'000, frame.sample_rate));
    const auto placed = sequence_.place(packets_.instant(frame.best_effort_timestamp), lasts);
    const auto begin = av::to_ticks(placed, sample_time);

    if (resampler_ && !resampler_->fits(frame))
        close_resampler();
    const auto expected = next_ + (resampler_ ? resampler_->held_back() : 0);
    if (!began_ || !resampler_ || std::abs(begin - expected) > tolerance(frame, lasts)) {
        close_resampler();
        // A step back goes over what is there: the later sound was not meant for another place.
        next_ = begin;
        began_ = true;
    }
    if (!resampler_)
        resampler_.emplace(frame);
    append(resampler_->convert(frame));
}

/// Time stamps tremble, sound does not: below this they are not followed, in samples. Where the sound
/// has another rate than the file says, those that libav counts on by itself go astray until the
/// container tells one again.
std::int64_t SoundReader::tolerance(const AVFrame& frame, microseconds lasts) const {
    constexpr std::int64_t usual = av::sound_rate * 30 / 1000;
    const auto& stream = packets_.stream();
    if (frame.sample_rate == stream.codecpar->sample_rate)
        return usual;
    const auto said = av::to_microseconds(frame.pkt_duration, stream.time_base).value_or(lasts);
    return std::chrono::abs(said - lasts) > lasts / 8 ? av::sound_rate / 2 : usual;
}

void SoundReader::append(av::Samples samples) {
    if (samples.size() == 0)
        return;
    for (auto& plane : samples.planes)
        std::ranges::transform(plane, plane.begin(), believable);
    any_ = true;
    const auto size = static_cast<std::int64_t>(samples.size());
    runs_.push_back({next_, std::move(samples)});
    next_ += size;
    furthest_ = std::max(furthest_, next_);
}

void SoundReader::close_resampler() {
    if (resampler_)
        append(resampler_->flush());
    resampler_.reset();
}

} // namespace transcoder::stages
