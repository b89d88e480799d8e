#pragma once

#include <string>
#include <string_view>

namespace catalog::caption_file {

struct CueText {
    std::string text;        ///< without markup, its lines trimmed, none of them blank
    bool had_markup = false; ///< tags or overrides were left out; the voice is kept as text
};

/// Plain text of a cue's lines: tags of SRT and WebVTT (<i>, <c.x>, <v 名前>) and overrides
/// ({\an8}) are left out, entities decoded once. What only looks like a tag (<笑>, a < b) is text.
CueText plain_text(std::string_view marked);

/// Text that was never marked up: its lines trimmed, none of them blank, without control
/// characters.
std::string tidy_lines(std::string_view text);

} // namespace catalog::caption_file
