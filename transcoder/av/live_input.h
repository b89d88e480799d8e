#pragma once

#include "transcoder/av/handles.h"

#include <chrono>
#include <memory>
#include <string>

namespace transcoder::av {

/// What a publisher sends while it sends it: one demuxer, no protocol, bytes from one descriptor in
/// the order in which they come. Nothing is read ahead to look into it: streams are known when their
/// first packets come.
class LiveInput {
  public:
    enum class Container { flv, mpegts };

    /// Reads from `descriptor`, which stays the caller's. Waits until the container's header has come;
    /// throws Failure where it is none.
    LiveInput(int descriptor, Container container);
    ~LiveInput();
    LiveInput(const LiveInput&) = delete;
    LiveInput& operator=(const LiveInput&) = delete;

    const AVStream& stream(int index) const;

    /// The next packet, or none when the publisher is gone. Damaged places are passed over.
    Packet read();

    /// When all that had come was read and more had to be waited for, the last time.
    std::chrono::steady_clock::time_point waited() const;

    std::uint64_t bytes_read() const;

  private:
    struct Bytes;
    std::unique_ptr<Bytes> bytes_;
    InputContext context_;
};

} // namespace transcoder::av
