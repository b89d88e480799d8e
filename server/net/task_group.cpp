#include "server/net/task_group.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <spdlog/spdlog.h>

#include <list>
#include <mutex>

namespace server::net {

struct TaskGroup::State {
    explicit State(asio::any_io_executor on) : executor(std::move(on)) {}

    struct Member {
        std::string name;
        asio::cancellation_signal cancelled;
    };

    asio::any_io_executor executor;
    mutable std::mutex guard;
    std::list<Member> members;                      ///< under guard
    std::list<std::shared_ptr<asio::steady_timer>> waiters;  ///< under guard; woken when a member ends
};

namespace {

void log_end(const std::string& name, const std::exception_ptr& broken) {
    if (!broken) {
        return;
    }
    try {
        std::rethrow_exception(broken);
    } catch (const boost::system::system_error& error) {
        if (error.code() != asio::error::operation_aborted) {
            spdlog::error("{}: {}", name, error.what());
        }
    } catch (const std::exception& error) {
        spdlog::error("{}: {}", name, error.what());
    }
}

} // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

TaskGroup::~TaskGroup() { cancel(); }

void TaskGroup::spawn(std::string name, Task<> task) {
    auto start = [state = state_, name = std::move(name), task = std::move(task)]() mutable {
        std::list<State::Member>::iterator member;
        {
            const std::lock_guard lock(state->guard);
            member = state->members.emplace(state->members.end());
            member->name = std::move(name);
        }
        auto ended = [state, member](const std::exception_ptr& broken) {
            log_end(member->name, broken);
            const std::lock_guard lock(state->guard);
            state->members.erase(member);
            for (const auto& waiter : state->waiters) {
                waiter->cancel();
            }
        };
        asio::co_spawn(state->executor, std::move(task),
                       asio::bind_cancellation_slot(member->cancelled.slot(), std::move(ended)));
    };
    // Signals and slots are touched only where the tasks run.
    asio::dispatch(state_->executor, std::move(start));
}

void TaskGroup::cancel() {
    asio::post(state_->executor, [state = state_] {
        std::vector<asio::cancellation_signal*> signals;
        {
            const std::lock_guard lock(state->guard);
            for (State::Member& member : state->members) {
                signals.push_back(&member.cancelled);
            }
        }
        for (asio::cancellation_signal* signal : signals) {
            signal->emit(asio::cancellation_type::all);
        }
    });
}

Task<std::size_t> TaskGroup::joined(std::chrono::steady_clock::duration limit) {
    const auto state = state_;
    const auto end = std::chrono::steady_clock::now() + limit;
    auto waiter = std::make_shared<asio::steady_timer>(state->executor);
    for (;;) {
        {
            const std::lock_guard lock(state->guard);
            const std::size_t left = state->members.size();
            if (left == 0 || std::chrono::steady_clock::now() >= end) {
                state->waiters.remove(waiter);
                co_return left;
            }
            waiter->expires_at(end);
            if (std::find(state->waiters.begin(), state->waiters.end(), waiter) ==
                state->waiters.end()) {
                state->waiters.push_back(waiter);
            }
        }
        co_await waiter->async_wait(outcome);
    }
}

std::size_t TaskGroup::size() const {
    const std::lock_guard lock(state_->guard);
    return state_->members.size();
}

} // namespace server::net
