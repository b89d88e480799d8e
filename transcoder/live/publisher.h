#pragma once

#include "transcoder/av/encoded_form.h"
#include "transcoder/av/scaler.h"
#include "transcoder/live/ticks.h"
#include "transcoder/plan/facts.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace transcoder::live {

/// What the publisher's picture is, by its first one.
struct Published {
    av::CodecParameters parameters;   ///< H.264, its configuration an `avcC`
    plan::PictureFacts facts;         ///< how it becomes upright pictures
    enum class Look { plain, other } look = Look::other;  ///< plain: every player shows it as it is
};

/// Looks at a packet that decoding can begin with. None where no picture can be decoded of it.
std::optional<Published> look_at(const AVPacket& packet,
                                 const std::vector<std::uint8_t>& configuration);

/// What the first two GOPs say.
struct FirstGops {
    std::vector<Ticks> decoded;          ///< of all packets, as they came
    std::vector<Ticks> keys;             ///< of IDR pictures among them
    std::uint64_t bytes = 0;
    enum class Order { sound, odd } order = Order::sound;  ///< odd: shown before they are decoded
};

/// Key frames this far apart at most are handed on.
inline constexpr Ticks longest_gop = second * 21 / 10;

/// How long a packet usually lasts.
struct Step {
    Ticks usual = 0;
    /// nominal: of a rate that cameras have, from which stamps differ by their rounding only.
    enum class Kind { nominal, measured } kind = Kind::measured;
};
Step step_of(const FirstGops& gops);

/// The largest the picture may be that is handed on, and its bits a second.
bool can_pass(const Published& published, const FirstGops& gops);

} // namespace transcoder::live
