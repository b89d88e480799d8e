#pragma once

#include "catalog/id.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalog {

/// A municipality by its national code (全国地方公共団体コード, six digits, the last a check digit).
struct Municipality {
    std::string code;
    std::string name;    ///< 千代田区
    std::string kana;
    std::string romaji;
    std::string kind;    ///< ward, city, town, village
    std::string area;    ///< 区部, 多摩, 島しょ: for display
    int sort;

    friend bool operator==(const Municipality&, const Municipality&) = default;
};

/// Whether the sixth digit is the check digit of the five before it.
bool is_municipality_code(std::string_view code);

/// A department of a municipality: 131016, 環境課.
struct Department {
    std::string municipality;  ///< its code
    std::string name;

    friend auto operator<=>(const Department&, const Department&) = default;
};

/// A department takes part in a series (a subcommittee).
struct Registration {
    Department department;
    SeriesId series;

    friend auto operator<=>(const Registration&, const Registration&) = default;
};

} // namespace catalog
