#pragma once

#include "transcoder/live/piece.h"

#include <optional>

namespace transcoder::live {

/// Decides where a stretch is cut: parts of about a second, segments of about four that begin with key
/// frames.
class Cutter {
  public:
    virtual ~Cutter() = default;
    /// The next cut at or before `at`, where there is one: to be asked until it gives none. `key`: what
    /// comes at `at` is a key frame of the publisher's.
    enum class Key { yes, no };
    virtual std::optional<Cut> next(Ticks at, Key key) = 0;
    /// Whether what comes at `at` still belongs to this stretch.
    virtual bool goes_on(Ticks at, Key key) const = 0;
    /// Where the open part began.
    Ticks part_begin() const { return part_begin_; }

  protected:
    explicit Cutter(Ticks begin) : part_begin_(begin), segment_begin_(begin) {}
    Cut cut(Ticks at, Cut::Begins begins, catalog::media::Part::Start start);

    Ticks part_begin_;
    Ticks segment_begin_;
};

/// Cuts at the publisher's packets, segments at its own key frames.
class PassedCutter : public Cutter {
  public:
    /// `step`: how long a packet lasts; `gap`: how far key frames lie apart, as far as known.
    PassedCutter(Ticks begin, Ticks step, Ticks gap);
    std::optional<Cut> next(Ticks at, Key key) override;
    bool goes_on(Ticks at, Key key) const override;

  private:
    Ticks step_;
    Ticks gap_;
    Ticks last_key_;
};

/// Cuts at each full second, wherever the publisher's pictures lie.
class EvenCutter : public Cutter {
  public:
    explicit EvenCutter(Ticks begin) : Cutter(begin) {}
    std::optional<Cut> next(Ticks at, Key key) override;
    bool goes_on(Ticks, Key) const override { return true; }

  private:
    int parts_ = 0;
};

} // namespace transcoder::live
