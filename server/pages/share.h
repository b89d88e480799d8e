#pragma once

#include "server/http/reply.h"
#include "server/pages/templates.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server::pages {

/// What the player's build made: assets, templates, messages. Read once, then only looked at.
class Share {
  public:
    /// Throws std::runtime_error that names what is missing.
    explicit Share(const std::filesystem::path& folder);
    /// `share` beside the program, else `../share/kiroku`.
    static std::filesystem::path folder_of_program();

    /// The address of "watch.js". Throws std::logic_error where there is none.
    const std::string& address(std::string_view asset) const;
    /// The asset under `/assets/`, kept by browsers for ever: its name changes with its content.
    std::optional<http::Reply> asset(std::string_view name) const;

    const Templates& templates() const { return templates_; }
    /// Those of `language`, or of Japanese where there are none.
    const Messages& messages(std::string_view language) const;
    const Data& texts(std::string_view language) const;
    /// The keys of the messages that a script needs.
    const std::vector<std::string>& texts_of_script(std::string_view script) const;

  private:
    struct Language {
        Messages messages;
        Data texts;
    };
    const Language& language(std::string_view name) const;

    Templates templates_;
    std::map<std::string, Language, std::less<>> languages_;
    std::map<std::string, std::string, std::less<>> addresses_;
    std::map<std::string, std::vector<std::string>, std::less<>> script_texts_;
    std::map<std::string, http::Reply, std::less<>> assets_;
};

} // namespace server::pages
