#pragma once

#include "catalog/session.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace catalog::desk_table {

/// A word of the catalog, and how the secretariat writes it.
struct Word {
    std::string_view word;
    std::string_view said;
};

inline constexpr std::array session_kinds{Word{"meeting", "会議"}, Word{"subcommittee", "分科会"},
                                          Word{"lecture", "講演"}, Word{"site_visit", "現地見学会"}};
inline constexpr std::array session_statuses{Word{"tentative", "調整中"}, Word{"scheduled", "開催予定"},
                                             Word{"held", "開催済み"}, Word{"cancelled", "中止"}};
inline constexpr std::array ways_to_take_part{Word{"venue", "会場参加"}, Word{"zoom", "Zoom参加"},
                                              Word{"online", "オンライン参加"}, Word{"live", "ライブ配信の視聴"},
                                              Word{"vod", "動画視聴のみ"}};

inline constexpr std::array item_kinds{Word{"lecture", "講演"},   Word{"explanation", "解説"}, Word{"presentation", "発表"},
                                       Word{"dialogue", "対話"},  Word{"guidance", "案内"},    Word{"group_work", "グループワーク"},
                                       Word{"report", "報告"},    Word{"comment", "講評"}};

/// As it is said; what is in no table is said as it stands.
template <std::size_t Size> std::string said(const std::array<Word, Size>& words, std::string_view word) {
    for (const auto& each : words) {
        if (each.word == word) {
            return std::string(each.said);
        }
    }
    return std::string(word);
}

/// The word that is said so, or that is the word itself; nothing where none is.
template <std::size_t Size> std::optional<std::string> word_for(const std::array<Word, Size>& words, std::string_view said) {
    for (const auto& each : words) {
        if (each.said == said || each.word == said) {
            return std::string(each.word);
        }
    }
    return std::nullopt;
}

} // namespace catalog::desk_table
