#pragma once

#include "server/net/task.h"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace server::net {

/// Tasks that run beside the one that started them, and that are waited for before what they use
/// is gone. What a task throws is logged with its name. Verbs may be called from any thread.
class TaskGroup {
  public:
    /// Its tasks run on `executor`, which must run one at a time (a context's, or a strand).
    explicit TaskGroup(asio::any_io_executor executor);
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup();

    void spawn(std::string name, Task<> task);
    /// Cancels what every task waits for now.
    void cancel();
    /// Waits until no task runs, at most `limit`; gives how many still do. Awaited on the executor.
    Task<std::size_t> joined(std::chrono::steady_clock::duration limit);
    std::size_t size() const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace server::net
