#pragma once

#include "catalog/id.h"
#include "server/access/grant.h"

#include <chrono>
#include <map>
#include <mutex>
#include <string>

namespace server::live {

/// Who watches a stream now: whoever asked for it, or for how it stands, a short while ago. May be
/// used by any thread.
class Viewers {
  public:
    using Now = std::chrono::steady_clock::time_point;

    /// `municipality`: its code; empty where it is of none.
    void seen(const catalog::VideoId& video, const access::SessionTag& session,
              const std::string& municipality, Now now);
    /// How many, by municipality.
    std::map<std::string, int> count(const catalog::VideoId& video, Now now);

  private:
    struct Viewer {
        std::string municipality;
        Now seen;
    };
    std::mutex mutex_;
    std::map<catalog::VideoId, std::map<access::SessionTag, Viewer>> viewers_;
};

} // namespace server::live
