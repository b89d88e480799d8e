#pragma once

#include "server/access/grant.h"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace server::access {

/// Grants that were verified before: a player asks with the same one hundreds of times, and comparing
/// costs less than signing. Of one thread. What it holds are texts whose signature was right; it
/// decides nothing else.
class VerifiedGrants {
  public:
    VerifiedGrants();

    /// The grant that `text` is for `video`. Nothing where it is none or its signature is wrong.
    std::optional<Grant> read(const GrantKeys& keys, std::string_view text, std::string_view video);

  private:
    struct Known {
        std::uint64_t keys = 0;  ///< whose they are: GrantKeys::serial
        std::string text;
        Grant grant;
    };
    static constexpr std::size_t size = 1024;

    std::unique_ptr<std::array<Known, size>> known_;
};

} // namespace server::access
