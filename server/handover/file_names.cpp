#include "server/handover/file_names.h"

#include "catalog/clip.h"
#include "server/http/file_name.h"
#include "server/http/target.h"

#include <algorithm>
#include <set>

namespace server::handover {
namespace {

/// What Windows takes for another name is the same here: letters of either case.
std::string folded(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char letter) {
        return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
    });
    return name;
}

/// A name that is in nobody's way yet: "議事次第.pdf", "議事次第 (2).pdf".
std::string free_name(const std::string& wish, std::set<std::string>& taken) {
    const auto ending = http::ending_of(wish);
    const auto stem = wish.substr(0, wish.size() - ending.size());
    auto name = wish;
    for (int number = 2; !taken.insert(folded(name)).second; ++number)
        name = stem + " (" + std::to_string(number) + ")" + ending;
    return name;
}

} // namespace

FileNames::FileNames(const Contents& contents) {
    std::set<std::string> taken;
    for (const auto& material : contents.materials) {
        if (material.file.empty())
            continue;
        const auto wish = material.file_name.empty() ? material.title + "." + material.format
                                                     : material.file_name;
        materials_.emplace(material.id, "materials/" + free_name(http::readable_name(wish), taken));
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
    return "captions/" + track.video.text() + "-" + http::readable_name(track.language) + ".vtt";
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
