#pragma once

#include "catalog/result.h"
#include "server/net/task.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace server::http {

/// The body of a request as it comes in, for routes whose body is a stream.
class BodyReader {
  public:
    BodyReader() = default;
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;
    virtual ~BodyReader() = default;

    /// The bytes that came next, valid until the next call; none when the body is whole.
    /// Refuses (invalid) a body that was cut off or came too slowly: what was given before is good.
    virtual net::Task<catalog::Result<std::span<const std::byte>>> next() = 0;
    /// What is still to come of the Content-Length.
    virtual std::uint64_t remaining() const = 0;
};

} // namespace server::http
