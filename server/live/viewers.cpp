#include "server/live/viewers.h"

namespace server::live {
namespace {

constexpr std::chrono::seconds counts_for{90};
constexpr std::size_t most_sessions = 100'000;

} // namespace

void Viewers::seen(const catalog::VideoId& video, const access::SessionTag& session,
                   const std::string& municipality, Now now) {
    const std::lock_guard lock(mutex_);
    auto& sessions = viewers_[video];
    if (sessions.size() < most_sessions || sessions.contains(session))
        sessions[session] = {municipality, now};
}

std::map<std::string, int> Viewers::count(const catalog::VideoId& video, Now now) {
    const std::lock_guard lock(mutex_);
    auto& sessions = viewers_[video];
    std::erase_if(sessions, [now](const auto& each) { return now - each.second.seen > counts_for; });
    std::map<std::string, int> counted;
    for (const auto& [session, viewer] : sessions)
        ++counted[viewer.municipality];
    return counted;
}

} // namespace server::live
