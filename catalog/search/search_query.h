#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace catalog::search {

/// What somebody looks for: all of the words that they typed, between blanks.
class SearchQuery {
  public:
    /// The first `most_words` words that hold a letter or a digit, of the first `most_bytes` bytes.
    explicit SearchQuery(std::string_view typed);
    static constexpr std::size_t most_words = 8;
    static constexpr std::size_t most_bytes = 400;

    bool empty() const { return words_.empty(); }
    /// What was typed, as far as it counts: whole letters.
    const std::string& typed() const { return typed_; }
    /// As they were typed.
    const std::vector<std::string>& words() const { return words_; }

  private:
    std::string typed_;
    std::vector<std::string> words_;
};

/// A piece of a text, and whether it is what was looked for.
struct Passage {
    std::string text;
    bool is_hit;
    friend bool operator==(const Passage&, const Passage&) = default;
};
using Passages = std::vector<Passage>;

/// The text, with what was looked for marked: all of it where `around` is 0, else from the first hit
/// on as many letters before and after as `around` says, with "…" where something was left out. Line breaks
/// become blanks.
Passages marked(std::string_view text, const SearchQuery& query, std::size_t around = 0);

/// Whether one of the words stands in it.
bool has_hit(const Passages& passages);

} // namespace catalog::search
