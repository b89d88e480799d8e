#include "catalog/media/media_folder.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace catalog::media {

namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

/// How far the ends of two renditions may lie apart: a frame of the slowest picture and one of the
/// sound (AAC: 1024 samples, at most 32 ms at 32 kHz).
microseconds tolerance_of_ends(const MultivariantPlaylist& main) {
    constexpr microseconds sound_frame{32'000};
    microseconds picture_frame{0};
    for (const Variant& variant : main.variants) {
        const double rate =
            variant.picture ? std::strtod(variant.picture->frame_rate.c_str(), nullptr) : 0.0;
        if (rate > 0) {
            const double length = std::ceil(1e6 / rate);
            picture_frame = std::max(picture_frame, microseconds(std::llround(length)));
        }
    }
    return picture_frame + sound_frame;
}

void check_rendition(const fs::path& folder, const MediaPlaylist& playlist,
                     std::vector<std::string>& broken) {
    if (playlist.age != MediaPlaylist::Age::ended) {
        broken.push_back(playlist.file + ": its index has no end");
    }
    std::uint64_t end = playlist.init.end();
    for (const Segment& segment : playlist.segments) {
        if (segment.head.init && segment.head.init->offset == end) {
            end = segment.head.init->end();
        }
        if (segment.bytes.offset != end) {
            broken.push_back(playlist.file + ": segments leave a hole or overlap at byte " +
                             std::to_string(end));
        }
        end = segment.bytes.end();
    }
    if (fs::file_size(folder / playlist.file) != end) {
        broken.push_back(playlist.file + ": its index does not name its last bytes");
    }
}

void check_ends(const MediaFolder& media, std::vector<std::string>& broken) {
    const microseconds end = media.duration();
    const microseconds tolerance = tolerance_of_ends(media.main);
    for (const auto& [name, playlist] : media.renditions) {
        const microseconds missing = end - playlist.duration();
        if (missing > tolerance) {
            broken.push_back(name + ".m3u8: it ends " +
                             std::to_string(missing / std::chrono::milliseconds(1)) +
                             " ms before another rendition");
        }
    }
}

void check_i_frames(const MediaFolder& media, std::vector<std::string>& broken) {
    if (!media.main.i_frames) {
        return;
    }
    const std::string file = i_frames_file_of(media.main.i_frames->rendition);
    if (!media.i_frames) {
        broken.push_back(file + ": it is missing");
    } else if (media.i_frames->age != MediaPlaylist::Age::ended) {
        broken.push_back(file + ": it has no end");
    } else if (media.i_frames->duration() + tolerance_of_ends(media.main) < media.duration()) {
        broken.push_back(file + ": its I-frames end before the recording");
    }
}

void check_strangers(const fs::path& folder, const MediaFolder& media,
                     std::vector<std::string>& broken) {
    const std::set<std::string> names = media.names();
    const auto& i_frames = media.main.i_frames;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const fs::path file = entry.path().filename();
        const bool is_media = file.extension() == ".mp4" || file.extension() == ".m3u8";
        const std::string stem = file.stem().string();
        if (is_media && is_rendition_name(stem) && !names.contains(stem)) {
            broken.push_back(file.string() + ": no list of renditions names it");
        }
        if (is_i_frames_file(file.string()) &&
            (!i_frames || file != i_frames_file_of(i_frames->rendition))) {
            broken.push_back(file.string() + ": no list of renditions names it");
        }
    }
    std::ranges::sort(broken);
}

} // namespace

std::vector<std::string> check_media_folder(const fs::path& folder) {
    const auto media = read_media_folder(folder);
    if (!media) {
        return {media.error().message};
    }
    std::vector<std::string> broken;
    const std::set<std::string> names = media->names();
    for (const std::string& name : names) {
        const auto found = media->renditions.find(name);
        if (found == media->renditions.end()) {
            broken.push_back(name + ".m3u8: it is missing or names no segment");
        } else {
            check_rendition(folder, found->second, broken);
        }
    }
    check_ends(*media, broken);
    check_i_frames(*media, broken);
    check_strangers(folder, *media, broken);
    return broken;
}

} // namespace catalog::media
