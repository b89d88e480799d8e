#include "catalog/withdrawn_span.h"

#include "catalog/named_values.h"

#include <algorithm>
#include <array>

namespace catalog {

namespace {

constexpr std::array<NamedValue<WithdrawnSpan::Lost>, 2> losses{{
    {WithdrawnSpan::Lost::sound, "sound"},
    {WithdrawnSpan::Lost::picture_and_sound, "picture_and_sound"},
}};

constexpr std::array<NamedValue<WithdrawnSpan::State>, 2> states{{
    {WithdrawnSpan::State::withheld, "withheld"},
    {WithdrawnSpan::State::removed, "removed"},
}};

constexpr std::chrono::milliseconds least{100};

} // namespace

std::string_view to_text(WithdrawnSpan::Lost lost) { return name_of(losses, lost); }

std::optional<WithdrawnSpan::Lost> lost_from_text(std::string_view text) {
    return value_named(losses, text);
}

std::string_view to_text(WithdrawnSpan::State state) { return name_of(states, state); }

std::optional<WithdrawnSpan::State> withdrawn_state_from_text(std::string_view text) {
    return value_named(states, text);
}

Result<Span> checked_withdrawal(const Span& span, std::chrono::milliseconds whole) {
    if (span.begin < std::chrono::milliseconds(0) || span.end <= span.begin) {
        return refuse(Refusal::invalid, "終わりは、始まりより後にしてください。");
    }
    if (span.begin >= whole) {
        return refuse(Refusal::invalid, "始まりが、録画の終わりより後になっています。");
    }
    const Span within{span.begin, std::min(span.end, whole)};
    if (within.end - within.begin < least) {
        return refuse(Refusal::invalid, "取り消す部分は、0.1秒以上にしてください。");
    }
    return within;
}

} // namespace catalog
