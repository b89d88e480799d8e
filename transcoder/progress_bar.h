#pragma once

#include "transcoder/events.h"

#include <iosfwd>
#include <string>

namespace transcoder {

/// One line for people: "[=====     ]  50 %  3.2x  残り 1:05".
std::string bar_text(const Progress& progress);

/// Draws the line over itself, on a terminal only.
class ProgressBar {
  public:
    enum class Shown { yes, no };
    ProgressBar(std::ostream& out, Shown shown) : out_(out), shown_(shown) {}
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void draw(const Progress& progress);
    void clear();

  private:
    std::ostream& out_;
    Shown shown_;
    bool drawn_ = false;
};

} // namespace transcoder
