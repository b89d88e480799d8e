#pragma once

#include "catalog/time/clock.h"

#include <atomic>

namespace test {

/// Stands still until it is set.
class FakeClock final : public catalog::time::Clock {
  public:
    explicit FakeClock(catalog::time::UtcTime now) : now_(now) {}
    catalog::time::UtcTime now() const override { return now_; }
    void set(catalog::time::UtcTime now) { now_ = now; }

  private:
    std::atomic<catalog::time::UtcTime> now_;
};

} // namespace test
