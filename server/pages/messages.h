#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace server::pages {

/// The words of one language, from `player/messages/<language>.json`.
class Messages {
  public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string>>;
    using Texts = std::map<std::string, std::string, std::less<>>;

    explicit Messages(Texts texts) : texts_(std::move(texts)) {}
    /// Reads a file of `{"key": "text"}`. Throws std::runtime_error where it is none.
    static Messages load(const std::filesystem::path& file);

    /// Throws std::logic_error where there is no such key: a mistake of ours.
    const std::string& text(std::string_view key) const;
    /// With `values` in its `{name}` places.
    std::string text(std::string_view key, Values values) const;
    const Texts& all() const { return texts_; }

  private:
    Texts texts_;
};

} // namespace server::pages
