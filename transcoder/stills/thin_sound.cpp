#include "transcoder/stills/thin_sound.h"

#include "transcoder/av/sound_encoder.h"
#include "transcoder/av/time.h"
#include "transcoder/plan/grid.h"
#include "transcoder/sound/finished_sound.h"
#include "transcoder/stills/slide_show.h"

#include <algorithm>
#include <deque>
#include <future>
#include <optional>

namespace transcoder::stills {

namespace {

constexpr int bit_rate = 48'000;
constexpr std::size_t packet_samples = av::sound_packet_samples;

/// The packet that begins nearest to an instant.
std::int64_t packet_at(std::chrono::microseconds instant) {
    return av::to_ticks(instant, {av::sound_packet_samples, av::sound_rate});
}

/// A rendition's sound from its beginning, mixed to one channel, packet by packet. What is read is
/// drawn before it is mixed.
class MonoSound {
  public:
    MonoSound(const std::filesystem::path& rendition, sound::Waveform& waveform)
        : sound_(rendition), waveform_(waveform) {}

    /// The next packet's samples; silence behind the end.
    av::Samples next() {
        while (waiting_.size() < packet_samples && read()) {
        }
        waiting_.resize(std::max(waiting_.size(), packet_samples));
        const auto end = waiting_.begin() + std::ptrdiff_t{packet_samples};
        av::Samples samples;
        samples.planes[0].assign(waiting_.begin(), end);
        samples.planes[1] = samples.planes[0];
        waiting_.erase(waiting_.begin(), end);
        return samples;
    }

    /// False where there is no more.
    bool read() {
        const auto samples = sound_.next();
        if (!samples)
            return false;
        waveform_.add(*samples);
        for (std::size_t i = 0; i < samples->size(); ++i)
            waiting_.push_back((samples->planes[0][i] + samples->planes[1][i]) / 2);
        return true;
    }

  private:
    sound::FinishedSound sound_;
    sound::Waveform& waveform_;
    std::vector<float> waiting_;
};

/// Puts encoded packets into segments.
class Cutter {
  public:
    Cutter(Track& track, const av::EncodedForm& form, std::vector<std::int64_t> cuts)
        : track_(track), form_(form), cuts_(std::move(cuts)) {}

    void add(av::Packet packet) {
        if (packet->pts >= cuts_.back())
            return;
        if (packet->pts >= cuts_[segment_ + 1])
            cut();
        packets_.push_back(std::move(packet));
    }

    void cut() {
        const auto begin = cuts_[segment_];
        const auto end = cuts_[++segment_];
        for (auto& packet : packets_) {
            packet->pts = packet->pts * form_.frame_ticks + form_.lead;
            packet->dts = packet->pts;
            packet->duration = form_.frame_ticks;
        }
        track_.add(form_, packets_, plan::sound_instant(end) - plan::sound_instant(begin));
        packets_.clear();
    }

  private:
    Track& track_;
    const av::EncodedForm& form_;
    const std::vector<std::int64_t> cuts_;  ///< in packets
    std::size_t segment_ = 0;
    std::vector<av::Packet> packets_;
};

/// Packets that one encoder makes. Its samples begin `before` packets earlier and end `after` later, so
/// that at the joins it sounds as one that never stopped.
struct Piece {
    static constexpr std::int64_t packets = 843;  // 18 s
    static constexpr std::int64_t before = 8;
    static constexpr std::int64_t after = 2;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t fed_from = 0;
    std::vector<av::Samples> samples;
};

/// The packets of a piece, the first with the priming.
std::vector<av::Packet> encode(const Piece& piece) {
    av::SoundEncoder encoder(bit_rate, av::Channels::mono, av::Search::quick);
    std::vector<av::Packet> packets;
    const auto take = [&] {
        while (auto packet = encoder.receive())
            if (packet->pts < piece.end && (packet->pts >= piece.begin || piece.begin == 0))
                packets.push_back(std::move(packet));
    };
    auto number = piece.fed_from;
    for (const auto& samples : piece.samples) {
        encoder.send(samples, number++);
        take();
    }
    encoder.finish();
    take();
    return packets;
}

/// A sound cut into pieces, one after the other.
class Pieces {
  public:
    Pieces(MonoSound& sound, std::int64_t end) : sound_(sound), end_(end) {}

    std::optional<Piece> next() {
        if (begin_ >= end_)
            return std::nullopt;
        Piece piece;
        piece.begin = begin_;
        piece.end = std::min(begin_ + Piece::packets, end_);
        piece.fed_from = std::max(std::int64_t{0}, piece.begin - Piece::before);
        const auto fed_to = std::min(end_, piece.end + Piece::after);
        for (; read_ < fed_to; ++read_)
            kept_.push_back(sound_.next());
        while (read_ - static_cast<std::int64_t>(kept_.size()) < piece.fed_from)
            kept_.pop_front();
        piece.samples.assign(kept_.begin(), kept_.end());
        begin_ = piece.end;
        return piece;
    }

  private:
    MonoSound& sound_;
    std::int64_t end_;
    std::int64_t begin_ = 0;          ///< of the next piece, in packets
    std::int64_t read_ = 0;           ///< packets
    std::deque<av::Samples> kept_;    ///< the last of them
};

} // namespace

Track make_thin_sound(const std::filesystem::path& rendition, const folder::FreshFolder& folder,
                      const std::vector<std::chrono::microseconds>& cuts,
                      sound::Waveform& waveform, unsigned threads) {
    std::vector<std::int64_t> packet_cuts;
    for (const auto cut : cuts)
        packet_cuts.push_back(packet_at(cut));
    const auto end = packet_cuts.back();

    Track track(folder, "a48", longest_segment);
    MonoSound sound(rendition, waveform);
    const auto form = av::SoundEncoder(bit_rate, av::Channels::mono).form();
    Cutter cutter(track, form, std::move(packet_cuts));
    Pieces pieces(sound, end);
    std::deque<std::future<std::vector<av::Packet>>> in_hand;
    const auto take_first = [&] {
        for (auto& packet : in_hand.front().get())
            cutter.add(std::move(packet));
        in_hand.pop_front();
    };
    while (auto piece = pieces.next()) {
        if (in_hand.size() >= threads)
            take_first();
        in_hand.push_back(std::async(std::launch::async, encode, std::move(*piece)));
    }
    while (!in_hand.empty())
        take_first();
    cutter.cut();
    while (sound.read()) {
    }
    track.finish();
    return track;
}

} // namespace transcoder::stills
