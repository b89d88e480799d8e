#pragma once

#include "catalog/attendance.h"
#include "catalog/watched.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// What each account watched of each video, with how many people, and who came to sessions.
class WatchStore {
  public:
    explicit WatchStore(Connection& connection) : connection_(connection) {}

    /// What a player reports to have played.
    struct Report {
        AccountId account;
        VideoId video;
        WatchedSeconds played;    ///< in the recording's time
        time::UtcTime at;
        bool during_live = false;  ///< while it was streamed
    };
    /// Adds what is new in it, cut to what can have been played since the account's last report on
    /// the video (`PlayAllowance`).
    void add(const Report& report);

    struct Watching {
        WatchedSeconds seconds;
        bool during_live = false;
        time::UtcTime first;
        time::UtcTime last;
        friend bool operator==(const Watching&, const Watching&) = default;
    };
    std::optional<Watching> find(const AccountId& account, const VideoId& video);

    /// Of a viewers' account, with its department and how many people look at its screen.
    struct Watcher {
        AccountId account;
        Department department;
        int people = 1;
        WatchedSeconds seconds;
        bool during_live = false;
    };
    /// Everybody who watched a second of it; the secretariat does not count.
    std::vector<Watcher> of_video(const VideoId& video);

    /// 1 where nobody has told.
    int people(const AccountId& account, const VideoId& video);
    /// Refuses (invalid) fewer than 1 and more than `most_people`.
    Result<void> set_people(const AccountId& account, const VideoId& video, int people);

    std::vector<Attendance> attendance(const SessionId& session);
    /// Puts `counts` in the place of all that was known of one way.
    void replace_attendance(const SessionId& session, WayToAttend way,
                            const AttendanceCounts& counts);
    /// Sets those named in `counts`, and no others; 0: nobody came.
    void set_attendance(const SessionId& session, WayToAttend way, const AttendanceCounts& counts);

  private:
    PlayAllowance allowance(const Report& report);

    Connection& connection_;
};

} // namespace catalog::store
