#pragma once

#include "server/descriptor.h"

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace server::jobs {

/// Takes the lock of a recording's folder, which a transcoder inherits; nothing (an empty
/// descriptor) while another transcoder holds it. Throws where the folder cannot be opened.
Descriptor lock_folder(const std::filesystem::path& folder);

/// A transcoder at work, on a recording or a handout: in a process group of its own, with an empty environment and no
/// descriptor but its standard ones and the locked folder (3), behind everybody in processor and
/// disk where its niceness is not 0. It is killed by the kernel when the thread that started it ends, so start it from one that
/// lives as long as the server does; and with its group when this goes.
class Child {
  public:
    /// `words`: of its command line. Throws std::system_error where it cannot be started.
    Child(const std::filesystem::path& program, std::vector<std::string> words,
          const Descriptor& folder, int niceness);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    /// The writing end of its standard input; it ends when that is closed.
    Descriptor input;
    /// The reading end of its standard output. Its standard error is ours.
    Descriptor events;
    /// Readable when it has ended.
    const Descriptor& ended() const { return ended_; }

    void kill() noexcept;
    /// Waits for its end, then gives how it ended in words: "exit code 1", "signal 9".
    std::string reap();

  private:
    pid_t process_ = -1;  ///< -1 once reaped
    Descriptor ended_;
};

} // namespace server::jobs
