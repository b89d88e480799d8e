#include "transcoder/live/publisher.h"

#include "transcoder/av/decoder.h"
#include "transcoder/av/failure.h"
#include "transcoder/plan/avc.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <new>

namespace transcoder::live {

namespace {

av::CodecParameters parameters_with(const std::vector<std::uint8_t>& configuration) {
    av::CodecParameters parameters(avcodec_parameters_alloc());
    if (!parameters)
        throw std::bad_alloc();
    parameters->codec_type = AVMEDIA_TYPE_VIDEO;
    parameters->codec_id = AV_CODEC_ID_H264;
    parameters->extradata = static_cast<std::uint8_t*>(
        av_mallocz(configuration.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (parameters->extradata == nullptr)
        throw std::bad_alloc();
    std::memcpy(parameters->extradata, configuration.data(), configuration.size());
    parameters->extradata_size = static_cast<int>(configuration.size());
    return parameters;
}

bool is_square(AVRational shape) {
    return shape.num <= 0 || shape.den <= 0 ||
           std::abs(av_q2d(shape) - 1) < plan::square_enough;
}

/// The picture at its shape with square pixels.
plan::ShownSize shown_size(const AVFrame& picture) {
    const auto shape = picture.sample_aspect_ratio;
    if (is_square(shape) || av_q2d(shape) > plan::oddest_pixels ||
        av_q2d(shape) < 1 / plan::oddest_pixels)
        return {picture.width, picture.height};
    return {static_cast<int>(picture.width * av_q2d(shape)), picture.height};
}

Published::Look look_of(const AVFrame& picture, const plan::AvcConfiguration& configuration) {
    constexpr int highest_level = 52;
    constexpr int most_lines = 1080;
    constexpr int longest_side = 1920;
    const int profile = configuration.profile;
    const bool is_plain =
        picture.format == AV_PIX_FMT_YUV420P && picture.color_range != AVCOL_RANGE_JPEG &&
        picture.interlaced_frame == 0 && is_square(picture.sample_aspect_ratio) &&
        picture.color_trc != AVCOL_TRC_SMPTE2084 && picture.color_trc != AVCOL_TRC_ARIB_STD_B67 &&
        configuration.coded == plan::AvcConfiguration::Coded::frames &&
        configuration.level <= highest_level && (profile == 66 || profile == 77 || profile == 100) &&
        std::min(picture.width, picture.height) <= most_lines &&
        std::max(picture.width, picture.height) <= longest_side;
    return is_plain ? Published::Look::plain : Published::Look::other;
}

} // namespace

std::optional<Published> look_at(const AVPacket& packet,
                                 const std::vector<std::uint8_t>& configuration) {
    const auto read = plan::read_avc_configuration(configuration);
    if (!read)
        return std::nullopt;
    Published published;
    published.parameters = parameters_with(configuration);
    av::Decoder decoder(*published.parameters, {1, static_cast<int>(second)});
    decoder.send(&packet);
    decoder.send(nullptr);
    const auto picture = decoder.receive();
    if (!picture)
        return std::nullopt;
    published.parameters->width = picture->width;
    published.parameters->height = picture->height;
    published.parameters->format = picture->format;
    published.parameters->profile = read->profile;
    published.parameters->level = read->level;
    published.facts.codec = "h264";
    published.facts.stored = {picture->width, picture->height};
    published.facts.shown = shown_size(*picture);
    published.look = look_of(*picture, *read);
    return published;
}

Step step_of(const FirstGops& gops) {
    constexpr std::array<Ticks, 8> nominal{1500, 1800, 1875, 3000, 3003, 3600, 3750, 4500};
    constexpr double near_enough = 0.0006;
    if (gops.decoded.size() < 2)
        return {second / 25, Step::Kind::measured};
    std::vector<Ticks> steps;
    for (std::size_t i = 1; i < gops.decoded.size(); ++i)
        steps.push_back(gops.decoded[i] - gops.decoded[i - 1]);
    const auto mean = static_cast<double>(gops.decoded.back() - gops.decoded.front()) /
                      static_cast<double>(steps.size());
    const auto off = [mean](Ticks step) { return std::abs(mean / static_cast<double>(step) - 1); };
    const auto likely = *std::ranges::min_element(nominal, {}, off);
    if (off(likely) < near_enough)
        return {likely, Step::Kind::nominal};
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return {std::max<Ticks>(*middle, second / 240), Step::Kind::measured};
}

bool can_pass(const Published& published, const FirstGops& gops) {
    constexpr std::uint64_t most_bits = 10'000'000;
    // With fewer frames parts of a second would differ too much in length.
    constexpr Ticks longest_step = second / 19;
    constexpr Ticks shortest_step = second / 61;
    const auto step = step_of(gops).usual;
    if (published.look != Published::Look::plain || gops.order == FirstGops::Order::odd ||
        gops.keys.empty() || gops.keys.front() != gops.decoded.front() || step > longest_step ||
        step < shortest_step)
        return false;
    const auto span = gops.decoded.back() - gops.decoded.front() + step;
    if (8 * gops.bytes > most_bits * static_cast<std::uint64_t>(std::max(span, second)) / second)
        return false;
    const auto last = gops.keys.back();
    if (gops.decoded.back() - last > longest_gop)
        return false;
    for (std::size_t i = 1; i < gops.keys.size(); ++i)
        if (gops.keys[i] - gops.keys[i - 1] > longest_gop)
            return false;
    return true;
}

} // namespace transcoder::live
