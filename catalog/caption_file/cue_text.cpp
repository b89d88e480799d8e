#include "catalog/caption_file/cue_text.h"

#include "catalog/caption_file/lines.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace catalog::caption_file {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return result;
}

/// UTF-8 of a character; nothing where the number is none.
std::optional<std::string> character(unsigned long code) {
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return std::nullopt;
    }
    const auto byte = [](unsigned long value) { return static_cast<char>(value); };
    const auto more = [&](int shift) { return byte(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        return std::string{byte(code)};
    }
    if (code < 0x800) {
        return std::string{byte(0xC0 | (code >> 6)), more(0)};
    }
    if (code < 0x10000) {
        return std::string{byte(0xE0 | (code >> 12)), more(6), more(0)};
    }
    return std::string{byte(0xF0 | (code >> 18)), more(12), more(6), more(0)};
}

/// Of "#12354" and "#x3042".
std::optional<std::string> numbered_entity(std::string_view name) {
    const bool is_hex = name.starts_with("#x") || name.starts_with("#X");
    name.remove_prefix(is_hex ? 2 : 1);
    unsigned long code = 0;
    const char* const end = name.data() + name.size();
    const auto [stopped, error] = std::from_chars(name.data(), end, code, is_hex ? 16 : 10);
    if (error != std::errc() || stopped != end) {
        return std::nullopt;
    }
    return character(code);
}

std::optional<std::string> entity(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> named{{
        {"amp", "&"},
        {"lt", "<"},
        {"gt", ">"},
        {"quot", "\""},
        {"apos", "'"},
        {"nbsp", " "},
        {"lrm", "\xE2\x80\x8E"},
        {"rlm", "\xE2\x80\x8F"},
    }};
    if (name.starts_with('#')) {
        return numbered_entity(name);
    }
    for (const auto& [known, text] : named) {
        if (known == name) {
            return std::string(text);
        }
    }
    return std::nullopt;
}

/// What stands between `open` and the first `close` behind it, at the front of `text`.
/// Nothing where it does not end within what may be a tag's length.
std::optional<std::string_view> enclosed(std::string_view text, char close) {
    constexpr std::size_t longest = 256;
    const std::size_t end = text.substr(0, longest).find(close);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    return text.substr(1, end - 1);
}

bool is_time(std::string_view tag) {
    return tag.size() >= 8 && tag.find(':') != std::string_view::npos &&
           tag.find_first_not_of("0123456789:.") == std::string_view::npos;
}

bool is_known_tag(const std::string& name) {
    constexpr std::array<std::string_view, 14> known{
        "i", "b", "u", "s", "c", "v", "lang", "rt", "ruby", "font", "span", "em", "strong", "br"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

/// Reads marked text from its front to its end.
class MarkedText {
  public:
    explicit MarkedText(std::string_view marked) : rest_(marked) {}

    CueText read() {
        while (!rest_.empty()) {
            const std::size_t plain = std::min(rest_.find_first_of("<&{"), rest_.size());
            text_.append(rest_.substr(0, plain));
            rest_.remove_prefix(plain);
            if (!rest_.empty() && !take_marked()) {
                text_ += rest_.front();
                rest_.remove_prefix(1);
            }
        }
        return {tidy_lines(text_), had_markup_};
    }

  private:
    /// Takes a tag, an override or an entity; false where the text only looks like one.
    bool take_marked() {
        switch (rest_.front()) {
        case '<':
            return take_tag();
        case '{':
            return take_override();
        default:
            return take_entity();
        }
    }

    bool take_entity() {
        const auto name = enclosed(rest_, ';');
        const auto decoded = name ? entity(*name) : std::nullopt;
        if (!decoded) {
            return false;
        }
        text_ += *decoded;
        rest_.remove_prefix(name->size() + 2);
        return true;
    }

    bool take_override() {
        const auto inside = enclosed(rest_, '}');
        if (!inside || !inside->starts_with('\\')) {
            return false;
        }
        drop(inside->size() + 2);
        return true;
    }

    bool take_tag() {
        const auto inside = enclosed(rest_, '>');
        if (!inside) {
            return false;
        }
        std::string_view tag = *inside;
        const bool closes = tag.starts_with('/');
        tag.remove_prefix(closes ? 1 : 0);
        const auto end = std::find_if_not(tag.begin(), tag.end(), is_letter);
        const auto length = static_cast<std::size_t>(end - tag.begin());
        const std::string name = lower(tag.substr(0, length));
        tag.remove_prefix(length);
        const bool ends_name =
            tag.empty() || std::string_view(". \t\n/").find(tag.front()) != std::string_view::npos;
        if (!is_time(*inside) && !(ends_name && is_known_tag(name))) {
            return false;
        }
        drop(inside->size() + 2);
        show(name, closes, tag);
        return true;
    }

    /// What a tag that is left out means for the text.
    void show(const std::string& name, bool closes, std::string_view behind_name) {
        if (is_in_reading_ && (name == "rt" || name == "ruby")) {
            text_ += "）";
            is_in_reading_ = false;
        }
        if (name == "rt" && !closes) {
            text_ += "（";
            is_in_reading_ = true;
        }
        if (name == "br") {
            text_ += '\n';
        }
        if (name == "v" && !closes) {
            show_voice(behind_name);
        }
    }

    /// ".loud 山田" or " 山田": the name stands behind the first space.
    void show_voice(std::string_view annotation) {
        annotation.remove_prefix(std::min(annotation.find_first_of(" \t\n"), annotation.size()));
        const std::string voice = MarkedText(trimmed(annotation)).read_entities();
        if (!voice.empty()) {
            text_ += voice + "：";
        }
    }

    /// Entities alone: a voice holds no tags.
    std::string read_entities() {
        while (!rest_.empty()) {
            if (rest_.front() == '&' && take_entity()) {
                continue;
            }
            text_ += rest_.front();
            rest_.remove_prefix(1);
        }
        return tidy_lines(text_);
    }

    void drop(std::size_t length) {
        rest_.remove_prefix(length);
        had_markup_ = true;
    }

    std::string_view rest_;
    std::string text_;
    bool had_markup_ = false;
    bool is_in_reading_ = false;
};

} // namespace

CueText plain_text(std::string_view marked) {
    return MarkedText(marked).read();
}

std::string tidy_lines(std::string_view text) {
    std::string shown(text);
    std::erase_if(shown, [](char c) {
        return (c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    });
    std::replace(shown.begin(), shown.end(), '\t', ' ');
    std::string result;
    for (const Line& line : lines_of(shown)) {
        result.append(result.empty() ? "" : "\n").append(line.text);
    }
    return result;
}

} // namespace catalog::caption_file
