#include "server/jobs/found_captions.h"

#include "catalog/caption_file.h"
#include "catalog/media/media_folder.h"
#include "catalog/store/catalog.h"
#include "server/http/open_file.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace server::jobs {
namespace {

namespace fs = std::filesystem;
using catalog::Cue;
using std::chrono::milliseconds;

/// "ja.vtt", "ja-2.vtt": which language, and which of its tracks.
struct Name {
    std::string language;
    int number = 1;
};

bool are_digits(std::string_view text) {
    return !text.empty() && text.size() < 4 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Nothing for what is no file of captions.
std::optional<Name> name_of(const fs::path& file) {
    if (file.extension() != ".vtt")
        return std::nullopt;
    Name name{file.stem().string()};
    const auto dash = name.language.rfind('-');
    // A region may be digits too, but three of them, and those are no number of a track.
    if (dash != std::string::npos && are_digits(name.language.substr(dash + 1)) &&
        name.language.size() - dash - 1 < 3) {
        name.number = std::stoi(name.language.substr(dash + 1));
        name.language.resize(dash);
    }
    return catalog::is_language(name.language) ? std::optional(std::move(name)) : std::nullopt;
}

/// Hiragana and katakana, U+3041 to U+30FF: E3 81 81 to E3 83 BF.
bool holds_kana(std::string_view text) {
    for (auto at = text.find('\xE3'); at != std::string_view::npos; at = text.find('\xE3', at + 1))
        if (at + 1 < text.size() && text[at + 1] >= '\x81' && text[at + 1] <= '\x83')
            return true;
    return false;
}

/// The files by language, of each language the first, in the order of their numbers.
std::map<std::string, fs::path> files_in(const fs::path& folder) {
    std::map<std::string, std::pair<int, fs::path>> first;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing)) {
        const auto name = name_of(entry.path().filename());
        if (!name)
            continue;
        const auto [known, is_new] =
            first.try_emplace(name->language, name->number, entry.path().filename());
        if (!is_new && name->number < known->second.first)
            known->second = {name->number, entry.path().filename()};
    }
    std::map<std::string, fs::path> files;
    for (auto& [language, file] : first)
        files.emplace(language, std::move(file.second));
    return files;
}

/// The text of a file of captions. Refuses (invalid) what is none, or none any more.
catalog::Result<std::string> text_of(const fs::path& folder, const std::string& name) {
    const auto opened = http::OpenFile::find_folder(folder);
    const auto file = opened ? http::OpenFile::find_in(*opened, name) : nullptr;
    auto text = file ? file->text(catalog::largest_caption_file) : std::nullopt;
    if (!text)
        return refuse(catalog::Refusal::invalid, "it is too large, or no plain file");
    return std::move(*text);
}

} // namespace

FoundCaptions read_found_captions(const fs::path& recording) {
    FoundCaptions found;
    auto files = files_in(recording / "captions");
    if (files.empty() || !catalog::media::read_media_folder(recording))
        return found;
    for (const auto& [language, file] : files) {
        const auto text = text_of(recording / "captions", file.string());
        auto read = text ? catalog::read_caption_file(*text) : text.error();
        if (!read) {
            spdlog::error("{} is left out: {}", (recording / "captions" / file).string(),
                          read.error().message);
            continue;
        }
        const bool is_japanese = language == "und" && holds_kana(*text) && !files.contains("ja");
        found.tracks.push_back({is_japanese ? "ja" : language, std::move(read->cues)});
    }
    return found;
}

void put_found_captions(catalog::store::Catalog& catalog, const catalog::RecordingId& recording,
                        const FoundCaptions& found) {
    for (const auto& video : catalog.videos.of_recording(recording)) {
        catalog.captions.remove_found(video.id);
        for (const auto& [language, cues] : found.tracks)
            if (!cues.empty())
                catalog.captions.put_found({video.id, language, catalog::default_label(language), cues});
        catalog.clips.cut_captions(video.id);
    }
}

} // namespace server::jobs
