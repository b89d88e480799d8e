#pragma once

#include "transcoder/av/handles.h"
#include "transcoder/av/source_file.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace transcoder::av {

/// A recording opened behind whitelists: few demuxers, few decoders, no protocol at all, bytes only
/// from one descriptor; whatever else the file asks to open is refused.
class Input {
  public:
    /// Throws Failure where libav does not make a recording of it.
    explicit Input(const SourceFile& file);
    /// The same of bytes in memory, which outlive it.
    explicit Input(std::string_view bytes);
    ~Input();
    Input(Input&&) noexcept;
    Input& operator=(Input&&) = delete;

    /// Borrowed.
    const AVFormatContext& context() const { return *context_; }
    const AVStream& stream(int index) const;

    /// From here on `read` gives this stream's packets only, and those of another where one is named.
    void only(int stream, int other = -1);
    /// Likewise of these streams.
    void only(std::vector<int> streams);

    /// The next packet, or none at the end. A tail that cannot be read is an end.
    Packet read();

    /// Goes to a key frame of the stream at or before `time` (in the stream's ticks). False where
    /// the demuxer cannot.
    bool seek(int stream, std::int64_t time);

  private:
    struct Bytes;
    explicit Input(std::unique_ptr<Bytes> bytes);
    bool is_wanted(int stream) const;
    std::unique_ptr<Bytes> bytes_;
    InputContext context_;
    std::optional<std::vector<int>> only_;
};

/// The demuxer that libav would choose for a file that begins with `head`, among all it has; empty
/// where it knows none. The bytes are only looked at.
std::string guess_format(std::span<const std::byte> head);

/// Whether the demuxer's name (as libav lists it) is one we read.
bool is_accepted_format(std::string_view name);

/// The decoder we would use, or null where it is none of ours.
const AVCodec* accepted_decoder(AVCodecID id);

/// The most samples a picture may have: 8192 by 4608.
inline constexpr std::int64_t max_pixels = std::int64_t{8192} * 4608;

} // namespace transcoder::av
