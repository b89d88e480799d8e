#include "transcoder/withdraw/remade_picture.h"

#include "catalog/media/bandwidth.h"
#include "transcoder/av/decoder.h"
#include "transcoder/av/failure.h"
#include "transcoder/av/fragment_muxer.h"
#include "transcoder/av/input.h"
#include "transcoder/av/live_encoder.h"
#include "transcoder/av/time.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>
#include <optional>
#include <set>
#include <stdexcept>

namespace transcoder::withdraw {

namespace {

using std::chrono::microseconds;

/// What is encoded once more loses little.
constexpr int quality = 18;
constexpr int most_frames_a_second = 60;
constexpr int most_sets = 32;      // ISO/IEC 14496-10, 7.4.2.1.1
constexpr std::uint64_t least_rate = 64'000;   // bits a second
constexpr std::uint64_t most_rate = 50'000'000;

std::string_view text_of(const AVCodecParameters& parameters) {
    return {reinterpret_cast<const char*>(parameters.extradata), static_cast<std::size_t>(parameters.extradata_size)};
}

std::shared_ptr<const AVCodecParameters> with_extradata(const AVCodecParameters& like, std::string_view text) {
    av::CodecParameters copy(avcodec_parameters_alloc());
    if (!copy)
        throw std::bad_alloc();
    av::check(avcodec_parameters_copy(copy.get(), &like), "keep the parameters");
    av_freep(&copy->extradata);
    copy->extradata = static_cast<std::uint8_t*>(av_mallocz(text.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (copy->extradata == nullptr)
        throw std::bad_alloc();
    std::memcpy(copy->extradata, text.data(), text.size());
    copy->extradata_size = static_cast<int>(text.size());
    return copy;
}

/// What decides upon the sets of parameters as well: the same for all segments of a track.
av::LiveSettings settings_of(const AVStream& stream, const catalog::media::MediaPlaylist& index, int frames_a_second) {
    const auto peak = catalog::media::measure(index.segments, index.target_duration).peak;
    const auto& parameters = *stream.codecpar;
    av::LiveSettings settings;
    settings.size = {parameters.width, parameters.height};
    settings.timescale = stream.time_base.den;
    settings.frames_a_second = frames_a_second;
    settings.max_rate = static_cast<int>(std::clamp<std::uint64_t>(peak, least_rate, most_rate));
    settings.buffer = settings.max_rate * index.target_duration;
    settings.quality = quality;
    settings.profile = parameters.profile & ~FF_PROFILE_H264_CONSTRAINED;
    settings.colours = {parameters.color_range, parameters.color_space, parameters.color_primaries,
                        parameters.color_trc};
    if (settings.colours.range == AVCOL_RANGE_UNSPECIFIED)
        settings.colours.range = AVCOL_RANGE_MPEG;
    return settings;
}

} // namespace

/// A segment as it is.
struct RemadePicture::Original {
    Original(std::string of_it, std::string_view segment)
        : bytes(std::move(of_it)), fragments(fragments_in(segment)), input(bytes) {
        input.only(0);
        while (auto packet = input.read())
            packets.push_back(std::move(packet));
        std::size_t samples = 0;
        for (const auto& fragment : fragments)
            samples += fragment.samples;
        if (packets.empty() || packets.size() != samples)
            throw std::runtime_error("a segment cannot be read back");
        shift = fragments.front().decoded - packets.front()->dts;
        begin = shown_first(0, packets.size());
    }

    const AVStream& stream() const { return input.stream(0); }

    /// When the first of some packets is shown.
    std::int64_t shown_first(std::size_t from, std::size_t to) const {
        auto first = packets.at(from)->pts;
        for (auto at = from; at < to; ++at)
            first = std::min(first, packets[at]->pts);
        return first;
    }

    std::int64_t decoded_end() const { return packets.back()->dts + std::max<std::int64_t>(1, packets.back()->duration); }

    std::string bytes;
    std::vector<FragmentFacts> fragments;
    av::Input input;
    std::vector<av::Packet> packets;
    std::int64_t shift = 0;   ///< from the times of packets to those in fragments
    std::int64_t begin = 0;   ///< when the first is shown
};

namespace {

/// Encodes what is shown, and stamps it so that it takes the place of other packets.
class Replacement {
  public:
    Replacement(const av::LiveSettings& settings, std::set<std::int64_t> keys, int length_size)
        : encoder_(settings), keys_(std::move(keys)), length_size_(length_size) {}

    /// Where all of them are keys.
    void make_all_keys() { all_keys_ = true; }
    bool is_empty() const { return packets_.empty(); }

    void show(const AVFrame& picture, std::int64_t at) {
        const bool is_key = packets_.empty() || all_keys_ || keys_.contains(at);
        using enum av::LiveEncoder::Kind;
        const auto packet = encoder_.encode(picture, at, is_key ? key : any);
        const std::string_view bytes(reinterpret_cast<const char*>(packet->data),
                                     static_cast<std::size_t>(packet->size));
        const auto text = behind_lengths(bytes, length_size_);
        auto made = av::make_packet();
        av::check(av_new_packet(made.get(), static_cast<int>(text.size())), "make room for a packet");
        std::memcpy(made->data, text.data(), text.size());
        made->pts = at;
        made->flags = is_key ? AV_PKT_FLAG_KEY : 0;
        packets_.push_back(std::move(made));
    }

    /// Decoded from `begin` on, until `end`, each before it is shown, as far ahead as the first one is.
    std::vector<av::Packet> stamped(std::int64_t begin, std::int64_t end) {
        const auto ahead = packets_.front()->pts - begin;
        auto left = static_cast<std::int64_t>(packets_.size());
        std::optional<std::int64_t> last;
        for (auto& packet : packets_) {
            packet->dts = std::min(packet->pts - ahead, end - left--);
            packet->dts = last ? std::max(packet->dts, *last + 1) : begin;
            last = packet->dts;
        }
        for (std::size_t at = 0; at < packets_.size(); ++at) {
            const auto next = at + 1 < packets_.size() ? packets_[at + 1]->dts : end;
            packets_[at]->duration = next - packets_[at]->dts;
        }
        return std::move(packets_);
    }

  private:
    av::LiveEncoder encoder_;
    std::set<std::int64_t> keys_;
    int length_size_;
    bool all_keys_ = false;
    std::vector<av::Packet> packets_;
};

} // namespace

RemadePicture::RemadePicture(const Rendition& rendition, std::vector<catalog::Span> spans,
                             const std::vector<std::size_t>& touched)
    : rendition_(rendition), spans_(std::move(spans)) {
    for (const auto at : touched)
        if (const auto place = rendition_.init_of(at).offset; !tracks_.contains(place))
            tracks_.emplace(place, track_of(at));
}

RemadePicture::Track RemadePicture::track_of(std::size_t at) const {
    const auto& segment = rendition_.index().segments.at(at);
    const Original original(rendition_.playable(at, at + 1), rendition_.bytes(segment.bytes));
    const auto& stream = original.stream();
    const auto seconds = std::chrono::duration<double>(segment.duration).count();
    const auto rate = std::lround(static_cast<double>(original.packets.size()) / std::max(seconds, 0.001));
    const auto before = read_avc_sets(text_of(*stream.codecpar));
    auto settings = settings_of(stream, rendition_.index(), std::clamp(static_cast<int>(rate), 1, most_frames_a_second));
    for (settings.sets = 1; settings.sets < most_sets; ++settings.sets) {
        const auto form = av::LiveEncoder(settings).form();
        auto with = with_sets_of(before, text_of(*form.parameters));
        // What an earlier span has left of that number serves where it is the same.
        const bool is_same = with.sequence == before.sequence && with.picture == before.picture;
        if (before.has(settings.sets) && !is_same)
            continue;
        const auto text = to_text(with);
        return {with_configuration(rendition_.bytes(rendition_.init_of(at)), text), std::move(with),
                with_extradata(*stream.codecpar, text), settings};
    }
    throw std::runtime_error("a track has no room for more sets of parameters");
}

Rendition::Exchanged RemadePicture::inits() const {
    Rendition::Exchanged inits;
    for (const auto& [place, track] : tracks_)
        inits.emplace(place, track.init);
    return inits;
}

void RemadePicture::decode(const Original& original, Blanked& blanked) const {
    av::Decoder decoder(original.stream());
    const auto take_all = [&] {
        while (auto picture = decoder.receive()) {
            const auto at = picture->pts;
            blanked.add(std::move(picture), at);
        }
    };
    for (const auto& packet : original.packets) {
        decoder.send(packet.get());
        take_all();
    }
    decoder.send(nullptr);
    take_all();
}

void RemadePicture::take(std::size_t at, const Original& original, const Blanked::Show& show) const {
    const auto time_base = original.stream().time_base;
    const auto begins = rendition_.begin_of(at);
    const auto ends = begins + rendition_.index().segments.at(at).duration;
    const auto withdrawn = in_ticks(spans_, time_base);
    const auto black = black_picture({original.stream().codecpar->width, original.stream().codecpar->height});
    const auto end = original.begin + av::to_ticks(ends - begins, time_base);
    for (auto from = original.begin; from < end;) {
        const auto in = std::ranges::find_if(withdrawn, [from](const TickSpan& span) { return span.end > from; });
        const bool is_withdrawn = in != withdrawn.end() && in->begin <= from;
        const auto until = in == withdrawn.end() ? end : std::min(end, is_withdrawn ? in->end : in->begin);
        const auto picture = is_withdrawn ? nullptr : taken_(begins + *av::to_microseconds(until - original.begin, time_base));
        const bool fits = picture && picture->width == black->width && picture->height == black->height;
        show(fits ? *picture : *black, from);
        from = until;
    }
}

std::string RemadePicture::segment(std::size_t at) const {
    const auto& range = rendition_.index().segments.at(at).bytes;
    const Original original(rendition_.playable(at, at + 1), rendition_.bytes(range));
    const auto& stream = original.stream();
    const auto& track = this->track(at);
    const auto duration = rendition_.index().segments[at].duration;

    const auto& settings = track.settings;
    std::set<std::int64_t> keys;
    for (const auto& packet : original.packets)
        if ((packet->flags & AV_PKT_FLAG_KEY) != 0)
            keys.insert(packet->pts);
    Replacement replacement(settings, std::move(keys), track.sets.length_size);
    const auto show = [&](const AVFrame& picture, std::int64_t when) { replacement.show(picture, when); };
    if (taken_) {
        replacement.make_all_keys();
        take(at, original, show);
    } else {
        const auto withdrawn = in_ticks(spans_, stream.time_base);
        const auto black = black_picture(settings.size);
        Blanked blanked(withdrawn, *black, show);
        decode(original, blanked);
        blanked.finish(original.begin + av::to_ticks(duration, stream.time_base));
        if (replacement.is_empty())
            show(*black, original.begin);
    }
    auto packets = replacement.stamped(original.packets.front()->dts, original.decoded_end());

    const av::EncodedForm form{track.parameters, {settings.frames_a_second, 1}, settings.timescale,
                         std::max(1, settings.timescale / settings.frames_a_second), 0, 0};
    std::string made;
    std::size_t first_sample = 0;
    auto next = packets.begin();
    for (std::size_t i = 0; i < original.fragments.size() && next != packets.end(); ++i) {
        first_sample += original.fragments[i].samples;
        auto last = packets.end();
        if (i + 1 < original.fragments.size()) {
            const auto until = original.shown_first(first_sample, first_sample + original.fragments[i + 1].samples);
            last = std::find_if(next, packets.end(), [until](const av::Packet& packet) { return packet->pts >= until; });
        }
        if (last == next)
            continue;
        for (auto packet = next; packet != last; ++packet) {
            (*packet)->pts += original.shift;
            (*packet)->dts += original.shift;
        }
        made += av::fragment(form, original.fragments[i].number, std::span(next, last));
        next = last;
    }
    return made;
}

} // namespace transcoder::withdraw
