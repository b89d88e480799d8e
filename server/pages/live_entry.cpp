#include "server/pages/live_entry.h"

#include <nlohmann/json.hpp>

#include <array>

namespace server::pages {

namespace {

using catalog::ShownState;
using catalog::time::format_rfc3339;

constexpr std::array all_states{ShownState::before,      ShownState::waiting,  ShownState::live,
                                ShownState::interrupted, ShownState::on_break, ShownState::ended};

std::string key_of(ShownState state) { return "live.state_" + std::string(to_text(state)); }

std::optional<UtcTime> opening(const catalog::LivePlan& plan) {
    return plan.lobby_opens ? plan.lobby_opens : plan.start;
}

/// When it begins, as far as is known.
std::string before_sentence(const Library& library, const catalog::LivePlan& plan) {
    const auto& messages = library.visit().messages();
    if (const auto opens = opening(plan)) {
        return messages.text("live.before_sentence", {{"time", library.words().instant(*opens)}});
    }
    return plan.label.empty() ? messages.text("live.before_unknown")
                              : messages.text("live.before_label", {{"label", plan.label}});
}

/// Empty where the badge says it all.
std::string sentence(const Library& library, const catalog::LivePlan& plan, ShownState state) {
    const auto& messages = library.visit().messages();
    switch (state) {
    case ShownState::before:
        return before_sentence(library, plan);
    case ShownState::waiting:
        return plan.start && *plan.start > library.visit().now
                   ? messages.text("live.waiting_until",
                                   {{"time", library.words().time_of_day(*plan.start)}})
                   : messages.text("live.waiting_sentence");
    case ShownState::live:
        return {};
    case ShownState::interrupted:
    case ShownState::on_break:
    case ShownState::ended:
        break;
    }
    return messages.text(key_of(state) + "_sentence");
}

nlohmann::json instant(const std::optional<UtcTime>& at) {
    return at ? nlohmann::json(format_rfc3339(*at)) : nlohmann::json();
}

} // namespace

ShownState live_state(const Library& library, const catalog::Video& video) {
    const auto stream = library.catalog().live.find(video.id);
    return shown_state(*video.live, stream ? &*stream : nullptr, library.visit().now);
}

bool is_stream(const Library& library, const catalog::Video& video) {
    return video.live &&
           !(live_state(library, video) == ShownState::ended && library.is_ready(video));
}

bool is_recorded(const Library& library, const catalog::Video& video) {
    return !video.live || !is_stream(library, video);
}

Data told_live(const Library& library, const catalog::Video& video) {
    const auto state = live_state(library, video);
    Data data(Data::type::object);
    data["state"] = Data(std::string(to_text(state)));
    data["badge"] = Data(library.visit().messages().text(key_of(state)));
    data["sentence"] = said(sentence(library, *video.live, state));
    return data;
}

Data link_to_live(const Library& library, const catalog::Video& video) {
    const auto obstacle = library.obstacle(video);
    Data data = told_live(library, video);
    data["href"] = Data(address_of(video));
    data["title"] = Data(video.title);
    const auto opens = opening(*video.live);
    const bool is_ahead = opens && *opens > library.visit().now;
    data["opens"] = is_ahead ? Data(format_rfc3339(*opens)) : none();
    data["now"] = Data(format_rfc3339(library.visit().now));
    data["note"] = obstacle.empty() ? none() : Data(library.visit().messages().text(obstacle));
    return data;
}

nlohmann::json live_data(const Library& library, const catalog::Video& video,
                         const std::string& status) {
    auto words = nlohmann::json::object();
    for (const auto state : all_states) {
        words[std::string(to_text(state))] = {
            {"badge", library.visit().messages().text(key_of(state))},
            {"sentence", sentence(library, *video.live, state)}};
    }
    return {{"status", status},
            {"state", to_text(live_state(library, video))},
            {"lobby_opens_at", instant(video.live->lobby_opens)},
            {"starts_at", instant(video.live->start)},
            {"words", words}};
}

} // namespace server::pages
