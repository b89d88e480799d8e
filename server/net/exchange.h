#pragma once

#include "server/http/admission.h"
#include "server/http/head.h"
#include "server/http/outgoing.h"

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace server::net {

/// What a connection needs only while it has a request: bytes read, the head in them, the answer.
/// Idle connections hold none.
struct Exchange {
    std::array<char, http::Admission::most_head_bytes> buffer;
    std::size_t filled = 0;     ///< bytes in `buffer`
    std::size_t used = 0;       ///< of them, those of requests that were answered
    std::size_t looked_at = 0;  ///< of those not used, what admission has seen
    http::Head head;
    http::Outgoing out;

    std::string_view unread() const { return {buffer.data() + used, filled - used}; }
    /// Makes room for more of a request that began at `used`.
    void compact();
    void clear();
};

/// Exchanges to use again. Of one context.
class Exchanges {
  public:
    std::unique_ptr<Exchange> take();
    void give_back(std::unique_ptr<Exchange> exchange);

  private:
    static constexpr std::size_t most_spare = 256;
    std::vector<std::unique_ptr<Exchange>> spare_;
};

} // namespace server::net
