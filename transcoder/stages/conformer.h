#pragma once

#include "transcoder/av/filter_graph.h"
#include "transcoder/av/scaler.h"
#include "transcoder/plan/facts.h"

#include <deque>
#include <optional>

namespace transcoder::stages {

/// A conformed picture; `pts` is in microseconds.
struct Conformed {
    av::Frame frame;
    std::int64_t serial = 0;  ///< the same for neighbours that show the very same
};

/// Makes decoded pictures alike: upright, progressive, square pixels, of the canvas' size, 8-bit
/// 4:2:0 in limited-range BT.709. What is so already passes untouched and uncopied; what shows the
/// very same as the picture before it is found out, and not conformed again.
class Conformer {
  public:
    Conformer(const plan::PictureFacts& facts, av::Size canvas) : facts_(facts), canvas_(canvas) {}

    /// `pts` is in microseconds.
    void push(av::Frame frame);
    /// No more will be pushed.
    void finish();
    /// The next picture, or none.
    std::optional<Conformed> pull();

  private:
    /// What a graph was built for.
    struct Form {
        av::Size size;
        int format = 0;
        AVColorRange range = AVCOL_RANGE_UNSPECIFIED;
        AVColorSpace matrix = AVCOL_SPC_UNSPECIFIED;
        double sar = 1;
        friend bool operator==(const Form&, const Form&) = default;
    };

    static Form form_of(const AVFrame& frame);
    bool is_conform(const Form& form) const;
    av::FilterGraph build(const AVFrame& like, const Form& form) const;
    std::string chain(const Form& form, plan::PictureFacts::Light light) const;
    bool is_again(const AVFrame& frame) const;
    void repeat(const AVFrame& frame);
    void drain();

    plan::PictureFacts facts_;
    av::Size canvas_;
    std::optional<Form> form_;
    std::optional<av::FilterGraph> graph_;
    std::deque<Conformed> ready_;
    av::Frame seen_;               ///< the last that was pushed
    av::Frame given_;              ///< the last that was made of what was pushed
    std::int64_t serial_ = 0;      ///< of that
};

} // namespace transcoder::stages
