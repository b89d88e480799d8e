#pragma once

#include "server/jobs/child.h"
#include "server/jobs/event.h"
#include "server/net/offload.h"
#include "server/settings.h"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <variant>

namespace server::jobs {

/// Where the transcoder is: beside this program, where the settings name none.
std::filesystem::path program_of(const Settings::Transcoding& settings);

/// One run of a transcoder on one recording: starts it, reads what it tells, and ends it where it
/// says nothing for too long, or what is no event. Its tasks run on one executor.
class Transcoding {
  public:
    struct Plan {
        std::filesystem::path program;
        std::filesystem::path folder;  ///< of the recording
        std::string option = "--job";  ///< or "--live", "--pages"
        std::string task;              ///< a line of JSON that it is told, without its newline
        int niceness = 0;
        std::chrono::seconds stall{300};
        std::chrono::seconds beat{10};
    };
    /// Who is told of a run. What any throws ends it.
    struct Listener {
        /// Takes its standard input once it has begun; may be none.
        std::function<void(Descriptor)> begun = {};
        std::function<net::Task<>(const Event&)> heard;  ///< each event but the last
        std::function<net::Task<>()> beat;               ///< after each pause of `Plan::beat`
    };
    /// It ended without saying why, or had to be ended.
    struct Died {
        std::string how;
        enum class Killed { no, yes } killed = Killed::no;  ///< by somebody else
    };
    /// `Finished` of a recording, `Paged` of a handout.
    using Outcome = std::variant<Finished, Failed, Died, Paged>;

    /// `starter` lives as long as the server: a child dies with the thread that started it.
    Transcoding(Plan plan, net::Pool& starter);
    Transcoding(const Transcoding&) = delete;
    Transcoding& operator=(const Transcoding&) = delete;

    /// Waits until no other transcoder works on the folder, then runs one to its end.
    net::Task<Outcome> run(Listener listener);

    /// Ends it, if it runs. From any thread.
    void kill();

  private:
    using Stream = net::asio::posix::stream_descriptor;

    net::Task<Descriptor> locked_folder();
    void start(const Descriptor& folder);
    net::Task<Outcome> follow(const Listener& listener);
    /// Nothing when it will say no more.
    net::Task<std::optional<std::string>> line(Stream& events);
    net::Task<Died> ended();

    Plan plan_;
    net::Pool& starter_;
    std::mutex mutex_;  ///< of `child_`
    std::unique_ptr<Child> child_;
    std::string unread_;
};

} // namespace server::jobs
