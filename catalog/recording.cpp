#include "catalog/recording.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<Recording::State>, 5> states{{
    {Recording::State::queued, "queued"},
    {Recording::State::working, "working"},
    {Recording::State::ready, "ready"},
    {Recording::State::failed, "failed"},
    {Recording::State::live, "live"},
}};

} // namespace

std::string_view to_text(Recording::State state) {
    return name_of(states, state);
}

std::optional<Recording::State> recording_state_from_text(std::string_view text) {
    return value_named(states, text);
}

} // namespace catalog
