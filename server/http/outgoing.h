#pragma once

#include "server/http/head.h"
#include "server/http/reply.h"

#include <chrono>
#include <string>
#include <string_view>

namespace server::http {

/// The fields that every answer carries, written once a second: the date and the security fields.
std::string fields_of_every_answer(std::chrono::system_clock::time_point now,
                                   std::string_view security_fields);
/// `frame_ancestors`: as CSP writes it.
std::string security_fields(std::string_view frame_ancestors, bool behind_tls);

/// What goes over the wire for a reply: a head, then at most one body of which `remaining` bytes
/// are left.
struct Outgoing {
    std::string head;
    std::size_t head_sent = 0;
    Body owner;                 ///< keeps alive what `memory` points to, or the file
    std::string_view memory;    ///< what is left of a body in memory
    std::uint64_t offset = 0;   ///< of what is left of a body in a file
    std::uint64_t remaining = 0;  ///< bytes of the file
    bool closes = false;        ///< the connection, afterwards

    bool is_sent() const { return head_sent == head.size() && memory.empty() && remaining == 0; }
};

enum class Afterwards { keep, close };

/// Fills `out` (whose memory is used again) for an answer to `asked`: compressed where accepted and
/// worth it, 304 where the asker has it, 206 or 416 where it asks for a part, no body to HEAD.
void prepare(Reply reply, const Head& asked, std::string_view every_answer, Afterwards afterwards,
             Outgoing& out);

} // namespace server::http
