#pragma once

#include "catalog/municipality.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace catalog::participant_list {

/// Tells from what participants call themselves which municipality they are of.
class MunicipalityNames {
  public:
    explicit MunicipalityNames(const std::vector<Municipality>& municipalities);

    /// The code of the one municipality that stands in the name, in Japanese (千代田区 環境課) or in
    /// Latin letters (Chiyoda-ku, Chiyoda City), else of the one whose mail it is
    /// (@city.chiyoda.tokyo.jp, .lg.jp). Nothing where none does, or more than one.
    std::optional<std::string> municipality_of(std::string_view name,
                                               std::string_view address) const;
    /// The one whose name stands there without its last letter: 三鷹. It may be a family's name, so
    /// that somebody should look. Nothing where none does, or more than one.
    std::optional<std::string> proposed_for(std::string_view name) const;

  private:
    struct Known {
        std::string code;
        std::u32string name;               ///< 千代田区
        std::u32string stem;               ///< 千代田
        std::vector<std::u32string> latin; ///< " chiyoda ku ", " chiyodaku ", …
        std::vector<std::string> domains;  ///< city.chiyoda.tokyo.jp, …
    };
    static Known known(const Municipality& municipality);
    template <class Is> std::optional<std::string> only(Is is) const;

    std::vector<Known> known_;
};

} // namespace catalog::participant_list
