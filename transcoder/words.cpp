#include "transcoder/words.h"

#include <cstdlib>
#include <string_view>

namespace transcoder {

Language language_of_terminal() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* language = std::getenv(name); language != nullptr && *language != '\0')
            return std::string_view(language).starts_with("ja") ? Language::japanese
                                                                : Language::english;
    return Language::english;
}

} // namespace transcoder
