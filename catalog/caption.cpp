#include "catalog/caption.h"

#include "catalog/time/digits.h"

#include <algorithm>

namespace catalog {

namespace {

using time::padded;

std::string timestamp(std::chrono::milliseconds at) {
    const std::chrono::hh_mm_ss parts(at);
    return padded(parts.hours().count(), 2) + ':' + padded(parts.minutes().count(), 2) + ':' +
           padded(parts.seconds().count(), 2) + '.' + padded(parts.subseconds().count(), 3);
}

/// Cue text without what WebVTT would read as markup or as the end of the cue (an empty line).
std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '\r':
        case '\n':
            if (!result.empty() && result.back() != '\n') {
                result += '\n';
            }
            break;
        case 0:
            result += "\xEF\xBF\xBD";
            break;
        default:
            result += c;
        }
    }
    while (!result.empty() && result.back() == '\n') {
        result.pop_back();
    }
    return result;
}

bool is_small_letter(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_letter_or_digit(char c) {
    return is_small_letter(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

bool is_language(std::string_view text) {
    constexpr std::size_t longest = 35;
    if (text.size() > longest) {
        return false;
    }
    const std::size_t length = std::min(text.find('-'), text.size());
    const std::string_view language = text.substr(0, length);
    if (language.size() < 2 || language.size() > 3 ||
        !std::all_of(language.begin(), language.end(), is_small_letter)) {
        return false;
    }
    std::string_view rest = text.substr(length);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::string_view part = rest.substr(0, std::min(rest.find('-'), rest.size()));
        if (part.empty() || part.size() > 8 ||
            !std::all_of(part.begin(), part.end(), is_letter_or_digit)) {
            return false;
        }
        rest.remove_prefix(part.size());
    }
    return true;
}

std::string default_label(const std::string& language) {
    if (language == "ja") {
        return "日本語";
    }
    if (language == "en") {
        return "English";
    }
    return language == "und" ? "言語不明" : language;
}

std::string to_webvtt(const std::vector<Cue>& cues) {
    std::string text = "WEBVTT\n";
    for (const Cue& cue : cues) {
        text += '\n' + timestamp(cue.start) + " --> " + timestamp(cue.end) + '\n' +
                escaped(cue.text) + '\n';
    }
    return text;
}

} // namespace catalog
