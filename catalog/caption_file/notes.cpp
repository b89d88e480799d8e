#include "catalog/caption_file/notes.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace catalog::caption_file {

namespace {

constexpr std::size_t most_lines = 10;

/// By kind.
constexpr std::array<std::string_view, 9> sentences{
    "文字の飾りを外しました。",
    "表示位置などの指定を外しました。",
    "注釈や書式(NOTE、STYLE、REGION)を除きました。",
    "文の途中の空行を詰めました。",
    "時刻のない文を除きました。",
    "表示する長さが0の字幕を除きました。",
    "文のない字幕を除きました。",
    "前と同じ字幕を除きました。",
    "時刻の順に並べ替えました。",
};

} // namespace

void Notes::add(Kind kind, std::size_t line) {
    Found& found = found_.at(static_cast<std::size_t>(kind));
    ++found.count;
    if (found.lines.size() < most_lines) {
        found.lines.push_back(line);
    }
}

std::vector<std::string> Notes::in_words() const {
    std::vector<std::pair<std::size_t, std::string>> said;
    for (std::size_t kind = 0; kind < found_.size(); ++kind) {
        const auto& [lines, count] = found_.at(kind);
        if (lines.empty()) {
            continue;
        }
        std::string text;
        for (const std::size_t line : lines) {
            text.append(text.empty() ? "" : "、").append(std::to_string(line));
        }
        text += "行目";
        if (count > lines.size()) {
            text += "ほか" + std::to_string(count - lines.size()) + "か所";
        }
        said.emplace_back(lines.front(), text.append("：").append(sentences.at(kind)));
    }
    std::stable_sort(said.begin(), said.end(), [](const auto& one, const auto& other) {
        return one.first < other.first;
    });
    std::vector<std::string> result;
    for (auto& [line, text] : said) {
        result.push_back(std::move(text));
    }
    return result;
}

} // namespace catalog::caption_file
