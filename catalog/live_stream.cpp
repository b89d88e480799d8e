#include "catalog/live_stream.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<LiveStream::State>, 4> states{{
    {LiveStream::State::waiting, "waiting"},
    {LiveStream::State::live, "live"},
    {LiveStream::State::interrupted, "interrupted"},
    {LiveStream::State::ended, "ended"},
}};

constexpr std::array<NamedValue<ShownState>, 6> shown_states{{
    {ShownState::before, "before"},
    {ShownState::waiting, "waiting"},
    {ShownState::live, "live"},
    {ShownState::interrupted, "interrupted"},
    {ShownState::on_break, "break"},
    {ShownState::ended, "ended"},
}};

std::optional<UtcTime> lobby_of(const LivePlan& plan) {
    return plan.lobby_opens ? plan.lobby_opens : plan.start;
}

} // namespace

std::string_view to_text(LiveStream::State state) {
    return name_of(states, state);
}

std::optional<LiveStream::State> live_state_from_text(std::string_view text) {
    return value_named(states, text);
}

std::string_view to_text(ShownState state) {
    return name_of(shown_states, state);
}

AvailabilityWindow ingest_window(const LivePlan& plan, const IngestMargins& margins) {
    AvailabilityWindow window;
    if (const auto lobby = lobby_of(plan)) {
        window.opens = *lobby - margins.before;
    }
    if (plan.end) {
        window.closes = *plan.end + margins.after;
    }
    return window;
}

ShownState shown_state(const LivePlan& plan, const LiveStream* stream, UtcTime now) {
    const auto state = stream != nullptr ? stream->state : LiveStream::State::waiting;
    if (state == LiveStream::State::ended) {
        return ShownState::ended;
    }
    if (state == LiveStream::State::waiting) {
        const auto lobby = lobby_of(plan);
        const bool is_open = lobby && *lobby <= now;
        return is_open ? ShownState::waiting : ShownState::before;
    }
    if (stream->pause == LiveStream::Break::on) {
        return ShownState::on_break;
    }
    return state == LiveStream::State::live ? ShownState::live : ShownState::interrupted;
}

std::optional<UtcTime> shown_since(const LivePlan& plan, const LiveStream* stream, UtcTime now) {
    switch (shown_state(plan, stream, now)) {
    case ShownState::before:
        return std::nullopt;
    case ShownState::waiting:
        return lobby_of(plan);
    case ShownState::ended:
        return stream->ended;
    case ShownState::live:
    case ShownState::interrupted:
    case ShownState::on_break:
        break;
    }
    return stream->heard;
}

} // namespace catalog
