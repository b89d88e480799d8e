#pragma once

#include "catalog/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace server::live::rtmp {

/// A tag of an FLV file (Adobe, Video File Format 10.1, annex E).
struct Tag {
    enum Type : std::uint8_t { audio = 8, video = 9, script = 18 };
    Type type = script;
    std::uint32_t timestamp = 0;  ///< in milliseconds
    std::string body;

    /// Whether decoding can begin with it: a key frame of H.264.
    bool is_key_frame() const;
    /// Whether it holds the parameters of a decoder, which come before all pictures or all sound.
    bool is_sequence_header() const;

    friend bool operator==(const Tag&, const Tag&) = default;
};

/// Refuses (unsupported) pictures that are not H.264 and sound that is not AAC, in words for who
/// publishes. Enhanced RTMP (a FourCC in the video header) is such.
catalog::Result<void> check_codec(const Tag& tag);

/// The beginning of an FLV file of sound and picture.
std::string flv_header();
std::string to_bytes(const Tag& tag);

/// What a decoder must know before it can begin in the middle of a stream.
class FlvBeginning {
  public:
    void heard(const Tag& tag);
    /// An FLV file up to its first tag of picture or sound; times are those of `timestamp`.
    std::string bytes(std::uint32_t timestamp) const;
    /// Whether the stream has pictures at all: then it goes on with a key frame.
    bool has_video() const { return video_.has_value(); }

  private:
    std::optional<Tag> metadata_;
    std::optional<Tag> video_;
    std::optional<Tag> audio_;
};

} // namespace server::live::rtmp
