#pragma once

#include "transcoder/av/decoder.h"
#include "transcoder/av/input.h"
#include "transcoder/av/source_file.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace transcoder::stills {

struct Picture {
    std::chrono::microseconds at{0};
    av::Frame frame;
};

/// A key frame and what follows until the next one, in decoding order.
struct Gop {
    std::chrono::microseconds begin{0};
    std::chrono::microseconds end{0};  ///< where the next begins; the last one has no end
    std::vector<av::Packet> packets;
};

/// Reads a finished rendition of the picture from its beginning, GOP by GOP. Nothing is decoded
/// until it is asked for.
class RenditionReader {
  public:
    explicit RenditionReader(const std::filesystem::path& file);

    std::optional<Gop> next();

    /// Borrowed.
    const AVStream& stream() const { return input_.stream(0); }

  private:
    std::optional<std::chrono::microseconds> begin_of(const av::Packet& packet) const;

    av::SourceFile file_;
    av::Input input_;
    av::Packet ahead_;  ///< the key frame that the next GOP begins with
};

/// The pictures of packets that begin with a key frame, in the order they are shown. Borrows both.
class Pictures {
  public:
    /// What is shown before `wanted_from` may be left out.
    Pictures(const AVStream& stream, std::span<const av::Packet> packets,
             std::chrono::microseconds wanted_from = std::chrono::microseconds::min());
    /// None after the last. What cannot be decoded is left out.
    std::optional<Picture> next();

  private:
    const AVStream& stream_;
    std::span<const av::Packet> left_;
    std::chrono::microseconds wanted_from_;
    av::Decoder decoder_;
    bool ended_ = false;
};

/// What the GOP begins with, decoded alone; none where it is damaged.
av::Frame key_picture(const RenditionReader& rendition, const Gop& gop);

/// What is shown at each of some instants of the GOP, which ascend; none where all before it is
/// damaged.
std::vector<av::Frame> pictures_at(const AVStream& stream, const Gop& gop,
                                   std::span<const std::chrono::microseconds> instants);

} // namespace transcoder::stills
