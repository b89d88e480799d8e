#include "transcoder/plan/probe.h"

#include "transcoder/av/decoder.h"
#include "transcoder/av/failure.h"
#include "transcoder/av/input.h"
#include "transcoder/av/time.h"
#include "transcoder/plan/language.h"
#include "transcoder/plan/pass_scan.h"
#include "transcoder/plan/sniff.h"

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

namespace transcoder::plan {

namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

bool is_cover_art(const AVStream& stream) {
    return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}

/// The best stream of a kind, or -1.
int best_stream(const av::Input& input, AVMediaType kind) {
    auto* context = const_cast<AVFormatContext*>(&input.context());
    const int found = av_find_best_stream(context, kind, -1, -1, nullptr, 0);
    return found >= 0 && !is_cover_art(input.stream(found)) ? found : -1;
}

bool is_sound(const AVStream& stream) {
    const auto& parameters = *stream.codecpar;
    return parameters.codec_type == AVMEDIA_TYPE_AUDIO && parameters.sample_rate > 0 &&
           parameters.ch_layout.nb_channels > 0 &&
           av::accepted_decoder(parameters.codec_id) != nullptr;
}

std::string language_of(const AVStream& stream) {
    const auto* entry = av_dict_get(stream.metadata, "language", nullptr, 0);
    return entry != nullptr ? language_tag(entry->value) : "";
}

/// The sound to be heard, or -1: the one that is marked as the usual one, else the first; but where
/// that is in another language and one is Japanese, that. libav's own choice is the busiest, which may
/// be an interpreter.
int best_sound(const av::Input& input) {
    std::optional<int> usual;
    std::optional<int> japanese;
    for (int i = 0; i < static_cast<int>(input.context().nb_streams); ++i) {
        const auto& stream = input.stream(i);
        if (!is_sound(stream))
            continue;
        const auto is_marked = [&](int index) {
            return (input.stream(index).disposition & AV_DISPOSITION_DEFAULT) != 0;
        };
        if (!usual || (is_marked(i) && !is_marked(*usual)))
            usual = i;
        if (!japanese && language_of(stream) == "ja")
            japanese = i;
    }
    if (!usual)
        return best_stream(input, AVMEDIA_TYPE_AUDIO);
    return japanese && !language_of(input.stream(*usual)).empty() ? *japanese : *usual;
}

double median_step(const AVStream& stream) {
    auto* borrowed = const_cast<AVStream*>(&stream);
    const int count = std::min(avformat_index_get_entries_count(borrowed), 5000);
    std::vector<std::int64_t> times;
    for (int i = 0; i < count; ++i)
        times.push_back(avformat_index_get_entry(borrowed, i)->timestamp);
    std::vector<std::int64_t> steps;
    for (std::size_t i = 1; i < times.size(); ++i)
        if (times[i] > times[i - 1])
            steps.push_back(times[i] - times[i - 1]);
    if (steps.size() < 3)
        return 0;
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return static_cast<double>(*middle) * av_q2d(stream.time_base);
}

FrameRate reduced(AVRational rate) {
    FrameRate result;
    av_reduce(&result.num, &result.den, rate.num, rate.den, 60'000);
    return result;
}

bool is_rate(AVRational rate) {
    return rate.num > 0 && rate.den > 0 && av_q2d(rate) >= 0.01 && av_q2d(rate) <= 1000;
}

/// The rate that was meant. Cameras with constant rates say it twice; where the two differ (screen
/// recordings, low light) most steps between frames tell it, where the container lists them.
FrameRate nominal_rate(const AVStream& stream, std::string_view format) {
    const auto average = stream.avg_frame_rate;
    const auto base = stream.r_frame_rate;
    if (is_rate(average) && is_rate(base) && std::abs(av_q2d(average) / av_q2d(base) - 1) < 0.01)
        return reduced(av_q2d(base) <= 240 ? base : average);
    // Matroska's index lists key frames only.
    if (const double step = format.starts_with("mov") ? median_step(stream) : 0; step > 0) {
        const double rate = 1 / step;
        if (rate <= 240)
            return reduced(av_d2q(std::abs(rate - std::round(rate)) < 0.05 * rate
                                      ? std::max(1.0, std::round(rate))
                                      : rate,
                                  60'000));
    }
    if (is_rate(base) && av_q2d(base) <= 61)
        return reduced(base);
    return is_rate(average) ? reduced(average) : FrameRate{25, 1};
}

/// How a picture is to be laid before it is shown.
struct Orientation {
    bool mirrored = false;
    int quarter_turns = 0;
};

Orientation orientation_of(const AVStream& stream) {
    std::size_t size = 0;
    const auto* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    std::array<std::int32_t, 9> matrix{};
    if (data == nullptr || size < sizeof(matrix))
        return {};
    std::memcpy(matrix.data(), data, sizeof(matrix));
    // A negative determinant mirrors: what is left after that is a turn.
    const bool mirrored = std::int64_t{matrix[0]} * matrix[4] < std::int64_t{matrix[1]} * matrix[3];
    if (mirrored)
        av_display_matrix_flip(matrix.data(), 1, 0);
    const double degrees = av_display_rotation_get(matrix.data());
    if (std::isnan(degrees))
        return {};
    // libav counts against the clock.
    const auto turns = static_cast<int>(std::lround(-degrees / 90));
    return {mirrored, ((turns % 4) + 4) % 4};
}

ShownSize shown_size(const AVStream& stream, AVRational sar, int turns) {
    ShownSize size{stream.codecpar->width, stream.codecpar->height};
    const double wider = sar.num > 0 && sar.den > 0 ? av_q2d(sar) : 1;
    if (wider > 1 + square_enough && wider < oddest_pixels)
        size.width = static_cast<int>(std::lround(size.width * wider));
    else if (wider < 1 - square_enough && wider > 1 / oddest_pixels)
        size.height = static_cast<int>(std::lround(size.height / wider));
    if (turns % 2 == 1)
        std::swap(size.width, size.height);
    return size;
}

PictureFacts picture_facts(const av::Input& input, int index) {
    const auto& stream = input.stream(index);
    const auto& parameters = *stream.codecpar;
    PictureFacts facts;
    facts.stream = index;
    facts.codec = avcodec_get_name(parameters.codec_id);
    const auto orientation = orientation_of(stream);
    facts.mirrored = orientation.mirrored;
    facts.quarter_turns = orientation.quarter_turns;
    const auto sar = av_guess_sample_aspect_ratio(const_cast<AVFormatContext*>(&input.context()),
                                                  const_cast<AVStream*>(&stream), nullptr);
    facts.shown = shown_size(stream, sar, facts.quarter_turns);
    facts.stored = {parameters.width, parameters.height};
    if (const char* pixels = av_get_pix_fmt_name(static_cast<AVPixelFormat>(parameters.format)))
        facts.pixels = pixels;
    facts.rate = nominal_rate(stream, input.context().iformat->name);
    facts.average_rate = facts.rate;
    if (const auto average = stream.avg_frame_rate; is_rate(average))
        facts.average_rate = reduced(average);
    if (parameters.field_order > AV_FIELD_PROGRESSIVE)
        facts.fields = PictureFacts::Fields::interlaced;
    if (parameters.color_trc == AVCOL_TRC_SMPTE2084 ||
        parameters.color_trc == AVCOL_TRC_ARIB_STD_B67)
        facts.light = PictureFacts::Light::high;
    return facts;
}

SoundFacts sound_facts(const av::Input& input, int index) {
    const auto& stream = input.stream(index);
    return {index, avcodec_get_name(stream.codecpar->codec_id),
            stream.codecpar->ch_layout.nb_channels, stream.codecpar->sample_rate,
            language_of(stream)};
}

std::optional<microseconds> start_of(const AVStream& stream) {
    return av::to_microseconds(stream.start_time, stream.time_base);
}

std::optional<microseconds> promised_end(const av::Input& input, const SourceFacts& facts,
                                         microseconds origin) {
    std::optional<microseconds> end;
    for (const int index : {facts.picture ? facts.picture->stream : -1,
                            facts.sound ? facts.sound->stream : -1}) {
        if (index < 0)
            continue;
        const auto& stream = input.stream(index);
        const auto length = av::to_microseconds(stream.duration, stream.time_base);
        if (length)
            end = std::max(end.value_or(microseconds{0}),
                           start_of(stream).value_or(origin) + *length - origin);
    }
    const auto& context = input.context();
    if (!end && context.duration > 0 &&
        context.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE)
        end = microseconds(context.duration);
    return end && *end > microseconds{0} ? end : std::nullopt;
}

/// Only containers whose index lists every frame, or at least key frames throughout, let each chunk
/// be found on its own.
SourceFacts::Access access_of(av::Input& input, const SourceFacts& facts) {
    if (!facts.picture || !facts.duration)
        return SourceFacts::Access::in_order;
    const std::string_view format = input.context().iformat->name;
    const auto& stream = input.stream(facts.picture->stream);
    if (format.starts_with("matroska"))
        // Reads the cues, which wait at the file's end.
        input.seek(facts.picture->stream, std::max(std::int64_t{0}, stream.start_time));
    else if (!format.starts_with("mov"))
        return SourceFacts::Access::in_order;
    auto* borrowed = const_cast<AVStream*>(&stream);
    const int count = avformat_index_get_entries_count(borrowed);
    if (count < 2)
        return SourceFacts::Access::in_order;
    const auto last = av::to_microseconds(
        avformat_index_get_entry(borrowed, count - 1)->timestamp, stream.time_base);
    const bool throughout = last && *last - facts.origin > *facts.duration * 3 / 4;
    return throughout ? SourceFacts::Access::anywhere : SourceFacts::Access::in_order;
}

/// An index counts by the time of decoding, which runs ahead of showing by the same everywhere.
std::vector<milliseconds> keys_of(const AVStream& stream, microseconds origin) {
    constexpr milliseconds apart{1000};
    std::vector<milliseconds> keys;
    auto* borrowed = const_cast<AVStream*>(&stream);
    const int count = avformat_index_get_entries_count(borrowed);
    std::optional<std::int64_t> first;
    for (int i = 0; i < count; ++i) {
        const auto& entry = *avformat_index_get_entry(borrowed, i);
        if ((entry.flags & AVINDEX_KEYFRAME) == 0 || (entry.flags & AVINDEX_DISCARD_FRAME) != 0)
            continue;
        if (!first)
            first = entry.timestamp;
        const auto since = av::to_microseconds(entry.timestamp - *first, stream.time_base);
        if (!since)
            continue;
        const auto key = std::chrono::floor<milliseconds>(start_of(stream).value_or(origin) - origin + *since);
        if (key >= milliseconds{0} && (keys.empty() || key - keys.back() >= apart))
            keys.push_back(key);
    }
    return keys;
}

/// Headers that a decoder does not accept are known before anything is made.
Outcome<void> check_decoder(const av::Input& input, int index) {
    try {
        const av::Decoder decoder(input.stream(index));
    } catch (const av::Failure&) {
        return reject(Kind::damaged);
    }
    return boost::system::in_place_value;
}

Outcome<void> check_picture(const av::Input& input, int index) {
    const auto& parameters = *input.stream(index).codecpar;
    if (av::accepted_decoder(parameters.codec_id) == nullptr)
        return reject(Kind::unsupported);
    if (parameters.width <= 0 || parameters.height <= 0)
        return reject(Kind::damaged);
    if (std::int64_t{parameters.width} * parameters.height > av::max_pixels)
        return reject(Kind::too_large);
    return check_decoder(input, index);
}

Outcome<SourceFacts> facts_of(av::Input& input) {
    SourceFacts facts;
    facts.container = input.context().iformat->name;
    const int picture = best_stream(input, AVMEDIA_TYPE_VIDEO);
    const int sound = best_sound(input);
    if (picture < 0 && sound < 0)
        return reject(Kind::not_a_recording);
    if (picture >= 0) {
        if (auto good = check_picture(input, picture); !good)
            return good.error();
        facts.picture = picture_facts(input, picture);
    }
    if (sound >= 0) {
        if (av::accepted_decoder(input.stream(sound).codecpar->codec_id) == nullptr)
            return reject(Kind::unsupported);
        // A header that promises sound and describes none has none.
        if (input.stream(sound).codecpar->sample_rate > 0 &&
            input.stream(sound).codecpar->ch_layout.nb_channels > 0)
            facts.sound = sound_facts(input, sound);
        if (facts.sound)
            if (auto good = check_decoder(input, sound); !good)
                return good.error();
    }
    if (!facts.picture && !facts.sound)
        return reject(Kind::damaged);

    std::optional<microseconds> origin;
    for (const int index : {picture, facts.sound ? sound : -1})
        if (const auto start = index >= 0 ? start_of(input.stream(index)) : std::nullopt)
            origin = std::min(origin.value_or(*start), *start);
    facts.origin = origin.value_or(microseconds{0});
    facts.duration = promised_end(input, facts, facts.origin);
    facts.access = access_of(input, facts);
    if (facts.access == SourceFacts::Access::anywhere)
        facts.keys = keys_of(input.stream(picture), facts.origin);
    return facts;
}

/// So low a score is what noise reaches, but not where frames of MP3 follow each other, as in one
/// whose beginning is lost.
bool is_noise(const AVFormatContext& context) {
    if (std::string_view(context.iformat->name) == "mp3")
        return context.probe_score < AVPROBE_SCORE_RETRY;
    return context.probe_score <= AVPROBE_SCORE_RETRY;
}

} // namespace

Outcome<SourceFacts> probe(const av::SourceFile& file, Passthrough passthrough) {
    if (auto good = looked_at(file); !good)
        return good.error();
    std::optional<av::Input> input;
    try {
        input.emplace(file);
    } catch (const av::Failure&) {
        // libav tells all that it cannot open by a few numbers: the file itself says more.
        return why_not_opened(file);
    }
    if (is_noise(input->context()))
        return reject(Kind::not_a_recording);
    auto facts = facts_of(*input);
    if (facts && passthrough == Passthrough::where_it_can_be)
        facts->passing = scan_packets(file, *facts);
    else if (facts)
        facts->passing.why_no_picture = facts->passing.why_no_sound = "not_wanted";
    return facts;
}

} // namespace transcoder::plan
