#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/av/handles.h"
#include "transcoder/av/scaler.h"

#include <cstdint>

namespace transcoder::av {

/// How pictures are encoded while they come, or so that nothing before or behind them is needed.
struct LiveSettings {
    Size size;
    int timescale = 0;       ///< ticks a second
    int frames_a_second = 0; ///< at most
    int max_rate = 0;        ///< bits a second
    int quality = 23;        ///< x264's CRF
    int threads = 1;
    int buffer = 0;          ///< bits that may come at once; 0: eight tenths of a second at the rate
    int profile = FF_PROFILE_H264_HIGH;   ///< or main, or baseline
    int sets = 0;            ///< the number that its parameter sets have
    /// How its pictures' colours are to be understood.
    struct Colours {
        AVColorRange range = AVCOL_RANGE_MPEG;
        AVColorSpace space = AVCOL_SPC_BT709;
        AVColorPrimaries primaries = AVCOL_PRI_BT709;
        AVColorTransferCharacteristic transfer = AVCOL_TRC_BT709;
    } colours;
};

/// x264 without delay: each picture's packet comes before the next picture is wanted. The same
/// settings give the same parameter sets.
class LiveEncoder {
  public:
    explicit LiveEncoder(const LiveSettings& settings);

    enum class Kind { any, key };
    /// The packet of a picture that is shown at `ticks`, which is stamped so. Borrows.
    Packet encode(const AVFrame& picture, std::int64_t ticks, Kind kind);

    EncodedForm form() const;

  private:
    CodecContext context_;
    LiveSettings settings_;
    Frame shown_;
};

} // namespace transcoder::av
