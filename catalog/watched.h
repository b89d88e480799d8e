#pragma once

#include "catalog/recording.h"
#include "catalog/video.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace catalog {

/// Which seconds of a video's recording were really played, each once however often it was. They are
/// the recording's, so that a video that is trimmed later keeps what was watched of it.
class WatchedSeconds {
  public:
    /// Later seconds are not kept.
    static constexpr std::chrono::seconds longest = std::chrono::hours(24);

    WatchedSeconds() = default;
    /// What `stored` gave. Nothing where `bits` holds more than `longest`, or ends with an empty byte.
    static std::optional<WatchedSeconds> from_stored(std::string bits);
    /// A bit a second, the first the lowest of the first byte; nothing behind the last that is set.
    const std::string& stored() const { return bits_; }

    /// Adds what was played. Both ends are rounded to a second, so that spans that follow each other
    /// leave nothing out and count nothing twice.
    void add(const Span& played);
    /// Adds the seconds of `claimed` that are new, the first `most` of them.
    /// Gives how many it added.
    std::chrono::seconds add_at_most(const WatchedSeconds& claimed, std::chrono::seconds most);
    void unite(const WatchedSeconds& other);

    bool has(std::chrono::seconds second) const;
    std::chrono::seconds count() const { return count_before(longest); }
    /// Of what a video shows alone.
    std::chrono::seconds count_in(const std::vector<Span>& shown) const;

    friend bool operator==(const WatchedSeconds&, const WatchedSeconds&) = default;

  private:
    void set(std::size_t second);
    /// From `begin` to before `end`.
    void set_all(std::size_t begin, std::size_t end);
    std::chrono::seconds count_before(std::chrono::seconds end) const;

    std::string bits_;
};

/// What a video shows of its recording: its pieces, or all of it; a second at least. Nothing while
/// nobody knows how long that is.
std::optional<std::vector<Span>> shown_of(const Video& video, const std::optional<Recording>& recording);

/// How many seconds that is, as they are counted.
std::chrono::seconds seconds_of(const std::vector<Span>& shown);

/// Whether somebody has watched what a video shows: at least 80 % of its seconds were played.
bool is_watched(const WatchedSeconds& seconds, const std::vector<Span>& shown);

/// How many seconds a viewer may still claim to have played, so that nobody claims more than time
/// has passed for: at twice the speed, which is the fastest that counts, and with some slack for
/// reports that were late on their way. What is left over is kept only as far as the slack goes.
class PlayAllowance {
  public:
    /// Of who has not reported before: half a minute, which is when players do, and the slack.
    PlayAllowance() : spare_(std::chrono::seconds(90)) {}
    explicit PlayAllowance(std::chrono::milliseconds spare) : spare_(spare) {}

    std::chrono::milliseconds spare() const { return spare_; }
    /// So much time has passed since the last report.
    void pass(std::chrono::milliseconds time);
    /// Whole seconds that may be claimed now.
    std::chrono::seconds seconds() const;
    /// So many were.
    void take(std::chrono::seconds claimed);

  private:
    std::chrono::milliseconds spare_;
};

/// How many people look at one screen, as an account tells it.
constexpr int most_people = 500;

} // namespace catalog
