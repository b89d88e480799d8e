#include "catalog/municipality.h"

#include <algorithm>
#include <array>

namespace catalog {

bool is_municipality_code(std::string_view code) {
    constexpr std::size_t length = 6;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (code.size() != length || !std::ranges::all_of(code, is_digit)) {
        return false;
    }
    // The check digit of the national code (JIS X 0402): weights 6 to 2, modulo 11.
    constexpr std::array weights{6, 5, 4, 3, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i] * (code[i] - '0');
    }
    const int check = (11 - sum % 11) % 10;
    return code.back() - '0' == check;
}

} // namespace catalog
