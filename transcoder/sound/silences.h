#pragma once

#include "transcoder/sound/heard.h"

#include <cstdint>

namespace transcoder::sound {

/// Puts silent tenths of a second together to times in which nothing is to be heard.
class Silences {
  public:
    enum class Is { silent, sound };
    /// The next tenth.
    void add(Is what);
    /// All that lasted two seconds: of more than a thousand the longest, for of so many nobody makes
    /// chapters. In order. Nothing may be added after it.
    std::vector<Silence> found();

  private:
    void end();

    std::vector<Silence> found_;
    std::int64_t begin_ = 0;   ///< in tenths
    std::int64_t place_ = 0;
};

} // namespace transcoder::sound
