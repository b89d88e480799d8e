#pragma once

#include "server/pages/messages.h"

#include <kainjow/mustache.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace server::pages {

/// What a template's names stand for. A name that is not set is looked for further out, so set
/// what is absent to `none()`.
using Data = kainjow::mustache::data;
using List = kainjow::mustache::list;
using Object = kainjow::mustache::object;

inline Data none() { return Data(false); }
/// The text, or `none()` where it is empty.
inline Data said(const std::string& text) { return text.empty() ? none() : Data(text); }
/// `{"name": list}`, or `none()` where it is empty: for a heading that stands only over something.
Data listed(const std::string& name, List list);

/// The messages of a language as templates name them: `t.home.title`.
Data as_data(const Messages& messages);

/// The templates of `player/templates`. All they print is escaped but what stands in `{{{ }}}`.
class Templates {
  public:
    /// Reads a folder of `<name>.mustache`, and puts partials where they are named.
    /// Throws std::runtime_error where one is not well-formed or names a partial that is not there.
    static Templates load(const std::filesystem::path& folder);

    /// `texts` are found where `page` has no such name. Throws std::logic_error where there is no such template.
    std::string render(std::string_view name, const Data& page, const Data& texts) const;

  private:
    std::map<std::string, std::string, std::less<>> sources_;
};

} // namespace server::pages
