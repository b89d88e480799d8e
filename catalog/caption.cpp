#include "catalog/caption.h"

#include "catalog/time/digits.h"

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

} // namespace

std::string to_webvtt(const std::vector<Cue>& cues) {
    std::string text = "WEBVTT\n";
    for (const Cue& cue : cues) {
        text += '\n' + timestamp(cue.start) + " --> " + timestamp(cue.end) + '\n' +
                escaped(cue.text) + '\n';
    }
    return text;
}

} // namespace catalog
