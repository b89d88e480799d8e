#pragma once

#include "server/http/head.h"
#include "server/http/status.h"

#include <string>
#include <string_view>
#include <vector>

namespace server::http {

/// What is thought of the bytes that a connection has sent so far.
struct Verdict {
    enum class Outcome {
        incomplete,  ///< the head has not ended: more is needed
        admitted,
        refused,     ///< answer `refusal` and close
    };
    Outcome outcome = Outcome::incomplete;
    std::size_t head_bytes = 0;          ///< of an admitted head, its empty line included
    Status refusal = Status::bad_request;
    std::string_view reason = {};        ///< for the log
};

/// Decides whether a request's head is looked at at all. What two programs could read differently
/// is refused here, before a byte of a body is: see the README of the room.
class Admission {
  public:
    static constexpr std::size_t most_head_bytes = 16 * 1024;

    /// `hosts`: names by which we may be called, without ports; none: any.
    explicit Admission(std::vector<std::string> hosts);

    /// `bytes` from the request's first on. `looked_at`: how many were seen by the calls before,
    /// 0 at first; it is moved on. Fills `head`, whose views point into `bytes`.
    Verdict look(std::string_view bytes, std::size_t& looked_at, Head& head) const;

  private:
    Verdict judge(std::string_view bytes, Head& head) const;
    Verdict judge_host(const Head& head, bool required) const;

    std::vector<std::string> hosts_;
};

} // namespace server::http
