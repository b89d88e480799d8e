#include "server/handover/recordings.h"

#include "catalog/clip.h"
#include "catalog/media/cut.h"
#include "catalog/media/media_folder.h"

#include <stdexcept>
#include <utility>

#include <sys/stat.h>

namespace server::handover {
namespace {

namespace fs = std::filesystem;
using catalog::media::Cut;
using catalog::media::MediaFolder;
using catalog::media::MediaPlaylist;

MediaFolder read(const fs::path& media) {
    auto folder = catalog::media::read_media_folder(media);
    if (!folder)
        throw std::runtime_error(media.string() + ": " + folder.error().message);
    return std::move(*folder);
}

/// Tells a folder from another that takes its place.
ino_t identity_of(const fs::path& folder) {
    struct stat status {};
    return ::stat(folder.c_str(), &status) == 0 ? status.st_ino : 0;
}

/// The segments of a clip, from whichever init section is theirs.
MediaPlaylist cut_file(const MediaPlaylist& whole, const Cut& cut) {
    auto part = cut_playlist(whole, cut);
    if (!part.segments.empty())
        if (const auto init = std::exchange(part.segments.front().head.init, std::nullopt))
            part.init = *init;
    part.age = MediaPlaylist::Age::ended;
    return part;
}

} // namespace

void put_recording(Folder& folder, const catalog::Recording& recording, const fs::path& media,
                   Sources sources) {
    read(media);
    const auto begun = identity_of(media);
    for (const auto& entry : fs::recursive_directory_iterator(media)) {
        const auto name = entry.path().lexically_relative(media).string();
        const bool goes = entry.is_regular_file() && !name.starts_with('.') &&
                          (name != recording.source || sources == Sources::included);
        if (goes)
            folder.copy(FileNames::folder_of(recording) + "/" + name, entry.path());
    }
    if (identity_of(media) != begun)
        throw std::runtime_error("Something was withdrawn from a recording while it was copied. Try again.");
}

void put_span(Folder& folder, const catalog::Video& video, const fs::path& media) {
    const auto whole = read(media);
    const auto& first = whole.renditions.at(whole.main.variants.front().rendition);
    const auto cut = cut_of(first, catalog::Clip(video));
    const std::string home = "videos/" + video.id.text() + "/";
    for (const auto& [name, playlist] : whole.renditions) {
        auto part = cut_file(playlist, cut);
        part.file = "../../recordings/" + video.recording.value().text() + "/" + playlist.file;
        folder.put(home + name + ".m3u8", to_file_text(part));
    }
    auto main = whole.main;
    main.i_frames.reset();
    folder.put(home + "main.m3u8", to_file_text(main));
}

} // namespace server::handover
