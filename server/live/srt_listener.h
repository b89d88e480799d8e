#pragma once

#include "server/access/stream_key.h"
#include "server/live/live_runner.h"
#include "server/net/limits.h"
#include "server/net/task_group.h"

#include <memory>

namespace server::live {

/// Where publishers come in by SRT. Reads on a thread of its own; what is read is passed on by tasks
/// on one executor.
class SrtListener {
  public:
    /// Listens at once. All but `listening` outlive it. Throws std::runtime_error where it cannot.
    SrtListener(const net::Listening& listening, LiveRunner& runner,
                const access::StreamSecret& secret, net::TaskGroup& tasks,
                net::asio::any_io_executor executor);
    SrtListener(const SrtListener&) = delete;
    SrtListener& operator=(const SrtListener&) = delete;
    ~SrtListener();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace server::live
