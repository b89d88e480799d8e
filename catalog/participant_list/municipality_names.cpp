#include "catalog/participant_list/municipality_names.h"

#include "catalog/search/folded_text.h"

#include <algorithm>

namespace catalog::participant_list {

namespace {

/// 青ケ島村 and 檜原村 are written with either of two letters.
std::u32string folded(std::string_view text) {
    auto letters = search::fold(text).letters;
    std::ranges::replace(letters, U'ゖ', U'け');
    std::ranges::replace(letters, U'桧', U'檜');
    return letters;
}

/// With one blank around each word, so that words are found whole.
std::u32string words_of(std::string_view text) {
    std::u32string words = U" ";
    for (const char32_t letter : folded(text)) {
        if (letter != U' ' || words.back() != U' ') {
            words.push_back(letter);
        }
    }
    if (words.back() != U' ') {
        words.push_back(U' ');
    }
    return words;
}

bool contains(const std::u32string& text, const std::u32string& part) {
    return text.find(part) != std::u32string::npos;
}

std::string in_small_letters(std::string_view text) {
    std::string small(text);
    for (char& letter : small) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return small;
}

} // namespace

MunicipalityNames::MunicipalityNames(const std::vector<Municipality>& municipalities) {
    for (const auto& municipality : municipalities) {
        known_.push_back(known(municipality));
    }
}

MunicipalityNames::Known MunicipalityNames::known(const Municipality& municipality) {
    Known known{municipality.code, folded(municipality.name), folded(municipality.name), {}, {}};
    known.stem.pop_back();
    // Chiyoda-ku, of which the last part says what it is.
    const auto dash = municipality.romaji.rfind('-');
    if (dash == std::string::npos) {
        return known;
    }
    const auto stem = in_small_letters(municipality.romaji.substr(0, dash));
    const auto last = municipality.romaji.substr(dash + 1);
    const auto& kind = municipality.kind;
    for (const auto& form : {stem + " " + last, stem + last, stem + " " + kind,
                             kind == "ward" ? stem + " city" : stem + " " + kind}) {
        known.latin.push_back(words_of(form));
    }
    const std::string begins = kind == "town" ? "town." : kind == "village" ? "vill." : "city.";
    for (const char* end : {".tokyo.jp", ".lg.jp"}) {
        known.domains.push_back(begins + stem + end);
    }
    return known;
}

template <class Is> std::optional<std::string> MunicipalityNames::only(Is is) const {
    std::optional<std::string> found;
    for (const auto& each : known_) {
        if (!is(each)) {
            continue;
        }
        if (found) {
            return std::nullopt;
        }
        found = each.code;
    }
    return found;
}

std::optional<std::string> MunicipalityNames::municipality_of(std::string_view name,
                                                              std::string_view address) const {
    const auto letters = folded(name);
    const auto words = words_of(name);
    const auto is_named = [&](const Known& each) {
        const auto stands = [&words](const auto& form) { return contains(words, form); };
        return contains(letters, each.name) || std::ranges::any_of(each.latin, stands);
    };
    if (std::ranges::any_of(known_, is_named)) {
        return only(is_named);
    }
    const auto at = address.rfind('@');
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const auto domain = in_small_letters(address.substr(at + 1));
    return only([&domain](const Known& each) {
        return std::ranges::any_of(each.domains, [&domain](const std::string& own) {
            return domain == own || domain.ends_with("." + own);
        });
    });
}

std::optional<std::string> MunicipalityNames::proposed_for(std::string_view name) const {
    const auto letters = folded(name);
    return only([&letters](const Known& each) {
        return each.stem.size() > 1 && contains(letters, each.stem);
    });
}

} // namespace catalog::participant_list
