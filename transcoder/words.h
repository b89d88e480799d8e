#pragma once

#include "transcoder/rejection.h"

#include <string>

namespace transcoder {

/// The language in which people are spoken to.
enum class Language { english, japanese };

/// The one of the terminal: the first of LC_ALL, LC_MESSAGES and LANG that is set says so.
Language language_of_terminal();

/// A sentence, as it is said in one language.
inline const std::string& said(const Rejection& rejection, Language language) {
    return language == Language::japanese ? rejection.message : rejection.message_en;
}

} // namespace transcoder
