#pragma once

#include "catalog/time/clock.h"
#include "server/access/grant.h"
#include "server/access/live_sessions.h"
#include "server/http/head.h"
#include "server/http/reply.h"
#include "server/play/play_table.h"
#include "server/play/replies.h"

#include <chrono>
#include <optional>

namespace server::play {

/// Answers `/play/<grant>/<video>/…` from the play table, without waiting for anything. Each request
/// asks, in this order: the video's window now (a preview grant: its signature and its session
/// instead), the signature, the expiry. May be used by any thread.
class Play {
  public:
    /// All outlive it. `grant_life`: how long a grant lasts where the window does not end before.
    /// `downloads`: the folder of files that may be taken along; they are opened when asked for.
    Play(const PlayTable& table, const access::GrantKeys& keys,
         const access::LiveSessions& sessions, const catalog::time::Clock& clock,
         std::chrono::milliseconds grant_life, std::filesystem::path downloads = {});

    /// Nothing where the address is none of play's, or the method is neither GET nor HEAD.
    std::optional<http::Reply> answer(const http::Head& head) const;

    /// How long an answer has to be waited for, where what is asked for of a live recording is still to
    /// come; nothing where `answer` can be called.
    std::optional<std::chrono::milliseconds> wait(const http::Head& head) const;

    /// A grant for who was admitted: never past the window's end.
    access::Grant grant_for(const catalog::VideoId& video,
                            const catalog::AvailabilityWindow& window,
                            const access::SessionTag& session) const;
    /// One that opens the bytes whatever the window, as long as that session of the secretariat is
    /// among the live ones.
    access::Grant preview_for(const catalog::VideoId& video,
                              const access::SessionTag& session) const;

  private:
    struct Asked;
    std::optional<Asked> asked(const http::Head& head) const;
    catalog::Result<Freshness> admit(const Asked& asked) const;

    const PlayTable& table_;
    const access::GrantKeys& keys_;
    const access::LiveSessions& sessions_;
    const catalog::time::Clock& clock_;
    std::chrono::milliseconds grant_life_;
    std::filesystem::path downloads_;
};

} // namespace server::play
