#pragma once

#include "catalog/media/bandwidth.h"
#include "catalog/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::media {

/// An alternative sound (EXT-X-MEDIA, TYPE=AUDIO). One group, "audio".
struct AudioRendition {
    std::string rendition;   ///< "a64"
    std::string language;    ///< BCP 47
    std::string name;        ///< for people
    int channels = 2;
    enum class Choice { standard, alternative } choice = Choice::standard;
    friend bool operator==(const AudioRendition&, const AudioRendition&) = default;
};

struct Variant {
    std::string rendition;   ///< "v720", or "a64" where it is sound alone
    Bandwidth bandwidth;     ///< of all that plays together
    std::string codecs;      ///< RFC 6381, comma separated
    struct Picture {
        int width = 0;       ///< as displayed
        int height = 0;
        std::string frame_rate;  ///< three decimals: "29.970"
        friend bool operator==(const Picture&, const Picture&) = default;
    };
    std::optional<Picture> picture;
    friend bool operator==(const Variant&, const Variant&) = default;
};

/// The I-frames of one of the renditions, for seeking (EXT-X-I-FRAME-STREAM-INF).
struct IFrameStream {
    std::string rendition;   ///< "v360"
    Bandwidth bandwidth;
    std::string codecs;      ///< RFC 6381
    int width = 0;           ///< as displayed
    int height = 0;
    friend bool operator==(const IFrameStream&, const IFrameStream&) = default;
};

/// `main.m3u8` (picture variants with the audio group) and `audio.m3u8` (sound alone).
struct MultivariantPlaylist {
    std::vector<AudioRendition> audio;  ///< empty where there is no sound
    std::vector<Variant> variants;      ///< the first is what a player starts with
    std::optional<IFrameStream> i_frames{};  ///< none while it grows, and of sound alone
    friend bool operator==(const MultivariantPlaylist&, const MultivariantPlaylist&) = default;
};

/// The form on disk names a rendition's playlist "v720.m3u8", the served form "v720/index.m3u8"; its
/// I-frames' "v720-iframes.m3u8" and "v720/iframes.m3u8".
std::string to_file_text(const MultivariantPlaylist& playlist);
std::string to_served_text(const MultivariantPlaylist& playlist);
/// Reads the form on disk. Refuses (invalid) what `to_file_text` would not write.
Result<MultivariantPlaylist> parse_multivariant_file_text(std::string_view text);

} // namespace catalog::media
