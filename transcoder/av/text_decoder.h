#pragma once

#include "transcoder/av/handles.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace transcoder::av {

/// Turns packets of timed text into text. What libav gives is an event of Advanced SubStation Alpha
/// for each, whatever it was before: eight fields, then text with override codes in braces.
class TextDecoder {
  public:
    /// Whether we read text of that codec at all.
    static bool is_accepted(AVCodecID codec);

    /// Throws Failure where the stream's codec is none of ours or cannot be opened.
    explicit TextDecoder(const AVStream& stream);

    struct Said {
        std::vector<std::string> events;  ///< in any encoding: libav does not look
        std::chrono::milliseconds lasts{0};  ///< as the text itself says; 0 where it does not
    };
    /// What a packet says; none where it is damaged.
    std::optional<Said> decode(AVPacket& packet);

    /// What braces and backslashes in the events' text mean.
    enum class Markup {
        ass,      ///< all in braces is code or remark
        codes,    ///< what begins with a backslash in braces is code; all else may have been written
        escaped,  ///< as `codes`; and what was written stands behind a backslash
    };
    Markup markup() const { return markup_; }

  private:
    CodecContext context_;
    Markup markup_;
};

} // namespace transcoder::av
