#include "transcoder/plan/language.h"

#include <algorithm>

namespace transcoder::plan {

namespace {

/// ISO 639-1 and ISO 639-2/T, five letters each.
constexpr std::string_view with_two_letters =
    "aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bhbih "
    "bibis bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan "
    "dedeu dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra "
    "fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher "
    "iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua "
    "kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin "
    "lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob "
    "ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli "
    "plpol pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk "
    "slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir "
    "tktuk tltgl tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol "
    "wawln wowol xhxho yiyid yoyor zazha zhzho zuzul ";

/// ISO 639-2/B where it differs, and the two letters.
constexpr std::string_view of_bibliographies =
    "sqalb hyarm eubaq mybur zhchi cscze nldut frfre kageo deger elgre isice mkmac mimao msmay "
    "faper rorum skslo botib cywel ";

constexpr std::size_t entry = 6;

/// The two letters by which a list has the three.
std::string_view two_of(std::string_view list, std::string_view three) {
    for (std::size_t at = 0; at < list.size(); at += entry)
        if (list.substr(at + 2, 3) == three)
            return list.substr(at, 2);
    return {};
}

std::string_view three_of(std::string_view two) {
    for (std::size_t at = 0; at < with_two_letters.size(); at += entry)
        if (with_two_letters.substr(at, 2) == two)
            return with_two_letters.substr(at + 2, 3);
    return {};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/// Whether what stands behind the language is made of script, region and variants.
bool are_subtags(std::string_view rest) {
    constexpr std::size_t longest = 32;
    if (rest.size() > longest)
        return false;
    while (!rest.empty()) {
        if (rest.front() != '-')
            return false;
        rest.remove_prefix(1);
        const auto subtag = rest.substr(0, rest.find('-'));
        if (subtag.size() < 2 || subtag.size() > 8 || !std::ranges::all_of(subtag, is_letter_or_digit))
            return false;
        rest.remove_prefix(subtag.size());
    }
    return true;
}

std::string lower(std::string_view letters) {
    std::string result(letters);
    for (auto& letter : result)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return result;
}

bool names_no_language(std::string_view three) {
    const bool is_private = three >= "qaa" && three <= "qtz";
    return is_private || three == "und" || three == "mul" || three == "mis" || three == "zxx";
}

/// The shortest code of a language; empty where it is none.
std::string shortest(const std::string& language) {
    if (language.size() == 2)
        return three_of(language).empty() ? "" : language;
    if (language.size() != 3 || names_no_language(language))
        return {};
    for (const auto list : {with_two_letters, of_bibliographies})
        if (const auto two = two_of(list, language); !two.empty())
            return std::string(two);
    return language;
}

} // namespace

std::string language_tag(std::string_view name) {
    const auto language = name.substr(0, name.find('-'));
    const auto rest = name.substr(language.size());
    if (!std::ranges::all_of(language, is_letter) || !are_subtags(rest))
        return {};
    const auto code = shortest(lower(language));
    return code.empty() ? code : code + std::string(rest);
}

std::string three_letters(std::string_view tag) {
    const auto language = tag.substr(0, tag.find('-'));
    return language.size() == 3 ? std::string(language) : std::string(three_of(language));
}

} // namespace transcoder::plan
