#include "server/handover/file_names.h"

#include "catalog/clip.h"
#include "server/http/target.h"

#include <algorithm>
#include <set>

namespace server::handover {
namespace {

constexpr std::size_t longest_name = 150;  ///< bytes; file systems take 255
constexpr std::size_t longest_ending = 12;

/// `text` without its last bytes where it has more than `most`, and no half letter of UTF-8.
std::string shortened(std::string text, std::size_t most) {
    if (text.size() <= most)
        return text;
    constexpr unsigned continues_mask = 0xC0;
    constexpr unsigned continues = 0x80;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & continues_mask) == continues)
        --most;
    text.resize(most);
    return text;
}

/// ".pdf"; empty where the name has none.
std::string ending_of(const std::string& name) {
    const auto dot = name.rfind('.');
    const bool has = dot != std::string::npos && dot > 0 && name.size() - dot <= longest_ending;
    return has ? name.substr(dot) : "";
}

/// What Windows takes for another name is the same here: letters of either case.
std::string folded(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char letter) {
        return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return name;
}

/// A name that is in nobody's way yet: "議事次第.pdf", "議事次第 (2).pdf".
std::string free_name(const std::string& wish, std::set<std::string>& taken) {
    const auto ending = ending_of(wish);
    const auto stem = wish.substr(0, wish.size() - ending.size());
    auto name = wish;
    for (int number = 2; !taken.insert(folded(name)).second; ++number)
        name = stem + " (" + std::to_string(number) + ")" + ending;
    return name;
}

} // namespace

std::string readable_name(std::string_view wish) {
    constexpr std::string_view refused = "/\\:*?\"<>|";
    std::string name(wish);
    for (char& letter : name) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < ' ' || byte == 0x7f || refused.find(letter) != std::string_view::npos)
            letter = '_';
    }
    const auto ending = ending_of(name);
    name = shortened(name.substr(0, name.size() - ending.size()), longest_name) + ending;
    name.erase(0, std::min(name.find_first_not_of(". "), name.size()));
    name.erase(std::min(name.find_last_not_of(". ") + 1, name.size()));
    return name.empty() ? "file" : name;
}

FileNames::FileNames(const Contents& contents) {
    std::set<std::string> taken;
    for (const auto& material : contents.materials) {
        if (material.file.empty())
            continue;
        const auto wish = material.file_name.empty() ? material.title + "." + material.format
                                                     : material.file_name;
        materials_.emplace(material.id, "materials/" + free_name(readable_name(wish), taken));
    }
}

std::string FileNames::page_of(const catalog::Session& session) {
    return "sessions/" + session.id.text() + ".html";
}
std::string FileNames::page_of(const catalog::Video& video) {
    return "videos/" + video.id.text() + ".html";
}

std::string FileNames::page_of(const catalog::store::WatchReport& report) {
    return "reports/" + std::to_string(report.year) + ".html";
}

std::string FileNames::table_of(const catalog::store::WatchReport& report) {
    return "reports/" + std::to_string(report.year) + ".csv";
}

std::string FileNames::playlist_of(const catalog::Video& video) {
    return !catalog::Clip(video).is_whole() ? "videos/" + video.id.text() + "/main.m3u8"
                      : "recordings/" + video.recording.value().text() + "/main.m3u8";
}

std::string FileNames::folder_of(const catalog::Recording& recording) {
    return "recordings/" + recording.id.text();
}

std::string FileNames::file_of(const catalog::CaptionTrack& track) {
    return "captions/" + track.video.text() + "-" + readable_name(track.language) + ".vtt";
}

std::string FileNames::file_of(const catalog::Material& material) const {
    const auto found = materials_.find(material.id);
    return found == materials_.end() ? "" : found->second;
}

std::string address(std::string_view name, int depth) {
    std::string address;
    for (; depth > 0; --depth)
        address += "../";
    while (!name.empty()) {
        const auto slash = std::min(name.find('/'), name.size());
        address += http::percent_encoded(name.substr(0, slash));
        name.remove_prefix(slash);
        if (name.starts_with('/')) {
            address += '/';
            name.remove_prefix(1);
        }
    }
    return address;
}

} // namespace server::handover
