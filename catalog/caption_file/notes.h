#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace catalog::caption_file {

/// What was changed or left out of a file; one sentence for each kind of it, with its lines.
class Notes {
  public:
    enum class Kind {
        markup,
        settings,
        comments,
        blank_lines,
        text_without_times,
        no_length,
        no_text,
        again,
        order,
    };

    void add(Kind kind, std::size_t line);
    /// In the order of their first lines: "12、30行目：文のない字幕を除きました。"
    std::vector<std::string> in_words() const;

  private:
    struct Found {
        std::vector<std::size_t> lines; ///< the first few
        std::size_t count = 0;
    };
    std::array<Found, 9> found_; ///< by kind
};

} // namespace catalog::caption_file
