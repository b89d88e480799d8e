// Makes a data folder that `kiroku serve` serves and a folder that nginx serves, of the same bytes:
// serve_bench_archive DATA NGINX
#include "catalog/media/media_playlist.h"
#include "catalog/media/served_playlist.h"
#include "catalog/media/multivariant_playlist.h"
#include "catalog/store/catalog.h"
#include "catalog/store/data_folder.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace {

namespace fs = std::filesystem;
using namespace catalog;
using namespace catalog::media;

std::string random_bytes(std::size_t size) {
    static std::mt19937_64 random(8062);
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

void write(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    stream.exceptions(std::ios::failbit | std::ios::badbit);
    stream << bytes;
}

/// A recording of so many segments of so many bytes, as video `id` for everybody.
void add(store::Catalog& catalog, const store::DataFolder& data, const fs::path& nginx,
         const std::string& id, std::size_t segments, std::size_t bytes) {
    Recording recording;
    recording.id = RecordingId(id);
    recording.file_name = id + ".mp4";
    recording.source = "source.mp4";
    recording.state = Recording::State::ready;
    Video video;
    video.id = VideoId(id);
    video.title = id;
    video.published = true;
    video.audience = Audience::everybody;
    video.window = AvailabilityWindow{};
    video.recording = recording.id;
    catalog.recordings.add(recording);
    catalog.videos.put(video);

    MediaPlaylist playlist;
    playlist.age = MediaPlaylist::Age::ended;
    playlist.file = "v720.mp4";
    playlist.init = {0, 800};
    std::string file = random_bytes(playlist.init.size);
    for (std::size_t number = 0; number < segments; ++number) {
        const std::string segment = random_bytes(bytes);
        playlist.segments.push_back({std::chrono::seconds(6), {file.size(), segment.size()}});
        file += segment;
        write(nginx / id / (std::to_string(number) + ".m4s"), segment);
    }
    write(nginx / id / "index.m3u8", to_served_text(playlist));
    const MultivariantPlaylist main{
        {}, {{"v720", {1'000'000, 900'000}, "avc1.64001F", {{1280, 720, "30.000"}}}}};
    const fs::path folder = data.media() / id;
    write(folder / "main.m3u8", to_file_text(main));
    write(folder / "v720.mp4", file);
    write(folder / "v720.m3u8", to_file_text(playlist));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: serve_bench_archive DATA NGINX\n", stderr);
        return 2;
    }
    const store::DataFolder data{argv[1]};
    store::create(data);
    store::Catalog catalog(data.catalog_file(), store::Catalog::Access::write);
    // Segments of 600 KB; a playlist of 5 KB (its segments are never asked for).
    add(catalog, data, argv[2], "segments", 100, 600'000);
    add(catalog, data, argv[2], "playlist", 208, 10);
    return 0;
}
