#include "catalog/document.h"

#include "catalog/named_values.h"

#include <cstdio>

namespace catalog {

namespace {

constexpr std::array<NamedValue<Document::State>, 4> states{{
    {Document::State::waiting, "waiting"},
    {Document::State::leased, "leased"},
    {Document::State::ready, "ready"},
    {Document::State::none, "none"},
}};

} // namespace

std::string_view to_text(Document::State state) {
    return name_of(states, state);
}

std::optional<Document::State> document_state_from_text(std::string_view text) {
    return value_named(states, text);
}

std::string picture_name(int number) {
    std::array<char, 24> name{};
    std::snprintf(name.data(), name.size(), "page-%04d.jpg", number);
    return name.data();
}

} // namespace catalog
