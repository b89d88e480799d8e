#pragma once

#include "catalog/media/segment.h"
#include "transcoder/live/ticks.h"

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace transcoder::live {

/// Where all renditions are cut: one part ends and the next begins.
struct Cut {
    Ticks at = 0;
    enum class Begins { part, segment } begins = Begins::part;
    catalog::media::Part::Start start = catalog::media::Part::Start::dependent;
};

/// What a rendition has of one part.
struct Piece {
    std::string init;                       ///< ftyp and moov; empty where nothing can have changed
    std::string bytes;                      ///< moof and mdat
    std::chrono::microseconds duration{0};
    catalog::media::Part::Start start = catalog::media::Part::Start::dependent;
};

/// Pieces of one rendition on their way to its file.
class Pieces {
  public:
    void push(Piece piece) { ready_.push_back(std::move(piece)); }
    std::optional<Piece> pull() {
        if (ready_.empty())
            return std::nullopt;
        auto piece = std::move(ready_.front());
        ready_.pop_front();
        return piece;
    }

  private:
    std::deque<Piece> ready_;
};

} // namespace transcoder::live
