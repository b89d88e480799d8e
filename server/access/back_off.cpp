#include "server/access/back_off.h"

#include <algorithm>

namespace server::access {

std::chrono::seconds pause_after(int failures) {
    constexpr int free = 4;
    constexpr int doublings = 9;
    constexpr std::chrono::seconds longest = std::chrono::minutes(5);
    if (failures <= free)
        return std::chrono::seconds(0);
    return std::min(longest, std::chrono::seconds(1 << std::min(failures - free - 1, doublings)));
}

std::optional<catalog::time::UtcTime> Strangers::note(const std::string& name,
                                                      catalog::time::UtcTime now) {
    const std::lock_guard lock(mutex_);
    if (guesses_.size() >= most_names && !guesses_.contains(name)) {
        const auto ends = [](const auto& entry) { return entry.second.paused_until; };
        guesses_.erase(std::ranges::min_element(guesses_, {}, ends));
    }
    auto& guesses = guesses_[name];
    if (now < guesses.paused_until)
        return guesses.paused_until;
    ++guesses.count;
    guesses.paused_until = now + pause_after(guesses.count);
    return std::nullopt;
}

} // namespace server::access
