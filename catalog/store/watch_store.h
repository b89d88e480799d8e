#pragma once

#include "catalog/attendance.h"
#include "catalog/result.h"
#include "catalog/watched.h"

#include <optional>
#include <vector>

namespace catalog::store {

class Connection;

/// What each account watched of each video, with how many people, which handouts it opened, and who
/// came to sessions. Only viewers of departments are kept: of any other account nothing is. What is
/// kept has the account's department with it, and stays when the account goes.
class WatchStore {
  public:
    explicit WatchStore(Connection& connection) : connection_(connection) {}

    /// When something was played.
    enum class While { streamed, recorded };
    /// What a player reports to have played.
    struct Report {
        AccountId account;
        VideoId video;
        WatchedSeconds played;    ///< in the recording's time
        time::UtcTime at;
        While when = While::recorded;
    };
    /// Adds what is new in it, cut to what can have been played since the account's last report on
    /// the video (`PlayAllowance`).
    void add(const Report& report);

    struct Watching {
        WatchedSeconds live;      ///< played while it was streamed
        WatchedSeconds recorded;  ///< played afterwards
        time::UtcTime first;
        time::UtcTime last;
        friend bool operator==(const Watching&, const Watching&) = default;
    };
    std::optional<Watching> find(const AccountId& account, const VideoId& video);

    struct WatchedVideo {
        VideoId video;
        WatchedSeconds seconds;   ///< whenever they were played
    };
    /// What an account played of all videos.
    std::vector<WatchedVideo> of_account(const AccountId& account);

    /// An account, with its department and how many people look at its screen.
    struct Watcher {
        AccountId account;
        Department department;
        int people = 1;
        WatchedSeconds live;
        WatchedSeconds recorded;
    };
    /// Everybody who watched a second of it.
    std::vector<Watcher> of_video(const VideoId& video);

    /// 1 where nobody has told.
    int people(const AccountId& account, const VideoId& video);
    /// Refuses (invalid) fewer than 1 and more than `most_people`.
    Result<void> set_people(const AccountId& account, const VideoId& video, int people);

    void add_opened(const AccountId& account, const MaterialId& material, time::UtcTime at);
    bool has_opened(const AccountId& account, const MaterialId& material);
    /// The departments of the accounts that opened a handout of it, one an account.
    std::vector<Department> openers_of(const SessionId& session);
    std::vector<Department> openers_of(const VideoId& video);

    /// All that are known here, of accounts that are gone too.
    std::vector<Department> departments();

    std::vector<Attendance> attendance(const SessionId& session);
    /// Puts `counts` in the place of all that was known of one way.
    void replace_attendance(const SessionId& session, WayToAttend way,
                            const AttendanceCounts& counts);
    /// Sets those named in `counts`, and no others; 0: nobody came.
    void set_attendance(const SessionId& session, WayToAttend way, const AttendanceCounts& counts);
    /// So many more than were known.
    void add_attendance(const SessionId& session, WayToAttend way, const AttendanceCounts& counts);

  private:
    /// Keeps its department. Whether it is one of those that are kept.
    bool know(const AccountId& account);
    PlayAllowance allowance(const Report& report);

    Connection& connection_;
};

} // namespace catalog::store
