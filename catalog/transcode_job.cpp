#include "catalog/transcode_job.h"

#include "catalog/named_values.h"

namespace catalog {

namespace {

constexpr std::array<NamedValue<TranscodeJob::State>, 4> states{{
    {TranscodeJob::State::waiting, "waiting"},
    {TranscodeJob::State::leased, "leased"},
    {TranscodeJob::State::done, "done"},
    {TranscodeJob::State::failed, "failed"},
}};

} // namespace

std::string_view to_text(TranscodeJob::State state) {
    return name_of(states, state);
}

std::optional<TranscodeJob::State> job_state_from_text(std::string_view text) {
    return value_named(states, text);
}

} // namespace catalog
