#include "catalog/caption_changes.h"

#include "catalog/caption_file.h"
#include "catalog/caption_file/cue_order.h"
#include "catalog/caption_file/cue_text.h"

#include <utility>

namespace catalog {

namespace {

using namespace std::chrono_literals;

Error wrong_cue(std::size_t place, const char* what) {
    return refuse(Refusal::invalid, std::to_string(place) + what);
}

/// How often `from` stands in `text`, where each begins behind the one before.
std::size_t count_of(const std::string& text, const std::string& from) {
    std::size_t count = 0;
    for (auto at = text.find(from); at != std::string::npos;
         at = text.find(from, at + from.size())) {
        ++count;
    }
    return count;
}

std::string replaced_in(const std::string& text, const std::string& from, const std::string& to) {
    std::string result;
    std::size_t copied = 0;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, copied)) {
        result.append(text, copied, at - copied).append(to);
        copied = at + from.size();
    }
    return result.append(text, copied);
}

} // namespace

Result<std::vector<Cue>> tidied(const std::vector<Cue>& cues) {
    if (cues.size() > most_cues) {
        return refuse(Refusal::invalid, "字幕は10万件までです。");
    }
    std::vector<caption_file::ReadCue> kept;
    for (const Cue& cue : cues) {
        const std::size_t place = static_cast<std::size_t>(&cue - cues.data()) + 1;
        if (cue.start < 0ms || cue.end < 0ms) {
            return wrong_cue(place, "番目の字幕の時刻が、0より前になっています。");
        }
        if (cue.end < cue.start) {
            return wrong_cue(place, "番目の字幕は、終わりの時刻が始まりの時刻より前です。");
        }
        std::string text = caption_file::tidy_lines(cue.text);
        if (!text.empty() && cue.start < cue.end) {
            kept.push_back({{cue.start, cue.end, std::move(text)}, place});
        }
    }
    if (kept.empty()) {
        return refuse(Refusal::invalid, "字幕が1つもありません。");
    }
    caption_file::Notes unsaid;
    return caption_file::in_order(std::move(kept), unsaid);
}

Result<Replacement> replaced(std::vector<Cue> cues, const std::string& from,
                             const std::string& to) {
    if (from.empty()) {
        return refuse(Refusal::invalid, "置き換える前の言葉を入力してください。");
    }
    Replacement replacement;
    std::size_t bytes = 0;
    for (Cue& cue : cues) {
        const std::size_t count = count_of(cue.text, from);
        replacement.count += count;
        bytes += cue.text.size() + count * to.size();
        if (bytes > 2 * largest_caption_file) {
            return refuse(Refusal::invalid, "置き換えると字幕が大きくなりすぎます。");
        }
        if (count > 0) {
            cue.text = replaced_in(cue.text, from, to);
        }
    }
    auto tidy = tidied(cues);
    if (!tidy) {
        return tidy.error();
    }
    replacement.cues = std::move(*tidy);
    return replacement;
}

} // namespace catalog
