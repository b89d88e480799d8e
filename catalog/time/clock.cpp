#include "catalog/time/clock.h"

namespace catalog::time {

UtcTime SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

ShiftedClock::ShiftedClock(UtcTime start)
    : start_(start), made_(std::chrono::steady_clock::now()) {}

UtcTime ShiftedClock::now() const {
    return start_ +
           std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now() - made_);
}

} // namespace catalog::time
