#include "transcoder/stages/conformer.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/same_picture.h"

#include <algorithm>
#include <cmath>

namespace transcoder::stages {

namespace {

constexpr AVRational microseconds{1, 1'000'000};

int even(double length) { return std::max(2, static_cast<int>(std::lround(length / 2)) * 2); }

/// What players take an untagged picture for.
bool is_old_television(AVColorSpace matrix, int height) {
    return matrix == AVCOL_SPC_SMPTE170M || matrix == AVCOL_SPC_BT470BG ||
           matrix == AVCOL_SPC_FCC || (matrix == AVCOL_SPC_UNSPECIFIED && height <= 576);
}

std::string matrix_name(AVColorSpace matrix, int height) {
    if (is_old_television(matrix, height))
        return "bt601";
    if (matrix == AVCOL_SPC_BT2020_NCL || matrix == AVCOL_SPC_BT2020_CL)
        return "bt2020";
    return matrix == AVCOL_SPC_SMPTE240M ? "smpte240m" : "bt709";
}

const char* transposed(int quarter_turns) {
    switch (quarter_turns) {
    case 1:
        return "transpose=clock,";
    case 2:
        return "hflip,vflip,";
    case 3:
        return "transpose=cclock,";
    default:
        return "";
    }
}

} // namespace

Conformer::Form Conformer::form_of(const AVFrame& frame) {
    const auto sar = frame.sample_aspect_ratio;
    auto range = frame.color_range;
    if (frame.format == AV_PIX_FMT_YUVJ420P || frame.format == AV_PIX_FMT_YUVJ422P ||
        frame.format == AV_PIX_FMT_YUVJ444P)
        range = AVCOL_RANGE_JPEG;
    return {{frame.width, frame.height}, frame.format, range, frame.colorspace,
            sar.num > 0 && sar.den > 0 ? av_q2d(sar) : 1.0};
}

bool Conformer::is_conform(const Form& form) const {
    return form.size == canvas_ && form.format == AV_PIX_FMT_YUV420P &&
           form.range != AVCOL_RANGE_JPEG && std::abs(form.sar - 1) < plan::square_enough &&
           facts_.quarter_turns == 0 && !facts_.mirrored &&
           facts_.fields == plan::PictureFacts::Fields::progressive &&
           facts_.light == plan::PictureFacts::Light::standard &&
           matrix_name(form.matrix, form.size.height) == "bt709";
}

std::string Conformer::chain(const Form& form, plan::PictureFacts::Light light) const {
    const bool turned = facts_.quarter_turns % 2 == 1;
    const bool is_believed =
        form.sar < plan::oddest_pixels && form.sar > 1 / plan::oddest_pixels;
    double width = form.size.width * (is_believed ? form.sar : 1.0);
    double height = form.size.height;
    if (turned)
        std::swap(width, height);
    // A picture of another shape than the recording's is fitted into it, with bars.
    const double scale = std::min(canvas_.width / width, canvas_.height / height);
    av::Size fitted{std::min(even(width * scale), canvas_.width),
                    std::min(even(height * scale), canvas_.height)};
    // Rounding to even lengths is no other shape.
    if (canvas_.width - fitted.width <= 2 && canvas_.height - fitted.height <= 2)
        fitted = canvas_;

    const auto size = std::to_string(fitted.width) + ":" + std::to_string(fitted.height);
    std::string text;
    if (facts_.fields == plan::PictureFacts::Fields::interlaced)
        text += "bwdif=mode=send_frame:deint=interlaced,";
    text += transposed(facts_.quarter_turns);
    if (facts_.mirrored)
        text += "hflip,";
    if (light == plan::PictureFacts::Light::high)
        text += "zscale=" + size +
                ":t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
                "zscale=t=bt709:m=bt709:r=limited,format=yuv420p,";
    else
        text += "scale=" + size + ":flags=bicubic:in_color_matrix=" +
                matrix_name(form.matrix, form.size.height) + ":out_color_matrix=bt709:in_range=" +
                (form.range == AVCOL_RANGE_JPEG ? "full" : "limited") +
                ":out_range=limited,format=yuv420p,";
    if (fitted != canvas_)
        text += "pad=" + std::to_string(canvas_.width) + ":" + std::to_string(canvas_.height) +
                ":(ow-iw)/2:(oh-ih)/2,";
    return text + "setsar=1";
}

av::FilterGraph Conformer::build(const AVFrame& like, const Form& form) const {
    if (facts_.light == plan::PictureFacts::Light::high) {
        const auto toned = chain(form, plan::PictureFacts::Light::high);
        try {
            // Tags that zimg does not accept are told only when a picture comes.
            av::FilterGraph trial(like, microseconds, toned);
            trial.push(av::another(like));
            trial.pull();
            return {like, microseconds, toned};
        } catch (const av::Failure&) {
            // Then the picture is shown without a tone curve.
        }
    }
    return {like, microseconds, chain(form, plan::PictureFacts::Light::standard)};
}

/// Whether it shows the very same as the one before it, and so does what will be made of it. A
/// deinterlacer looks at neighbours too: there only what it gives can be compared.
bool Conformer::is_again(const AVFrame& frame) const {
    return given_ && seen_ && facts_.fields == plan::PictureFacts::Fields::progressive &&
           av::is_same_picture(*seen_, frame);
}

void Conformer::push(av::Frame frame) {
    const auto form = form_of(*frame);
    if (form_ != form) {
        finish();
        form_ = form;
        graph_.reset();
        if (!is_conform(form))
            graph_.emplace(build(*frame, form));
    } else if (is_again(*frame)) {
        repeat(*frame);
        return;
    }
    seen_ = av::another(*frame);
    if (!graph_) {
        given_ = av::another(*frame);
        ready_.push_back({std::move(frame), ++serial_});
        return;
    }
    graph_->push(std::move(frame));
    drain();
}

void Conformer::repeat(const AVFrame& frame) {
    auto again = av::another(*given_);
    again->pts = frame.pts;
    again->pkt_duration = frame.pkt_duration;
    ready_.push_back({std::move(again), serial_});
}

void Conformer::finish() {
    if (graph_) {
        graph_->push(nullptr);
        drain();
    }
    graph_.reset();
    form_.reset();
    given_.reset();
}

void Conformer::drain() {
    while (auto frame = graph_->pull()) {
        if (!given_ || !av::is_same_picture(*given_, *frame))
            ++serial_;
        given_ = av::another(*frame);
        ready_.push_back({std::move(frame), serial_});
    }
}

std::optional<Conformed> Conformer::pull() {
    if (ready_.empty())
        return std::nullopt;
    auto picture = std::move(ready_.front());
    ready_.pop_front();
    return picture;
}

} // namespace transcoder::stages
