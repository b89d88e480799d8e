#pragma once

#include "catalog/media/media_playlist.h"
#include "catalog/media/multivariant_playlist.h"
#include "catalog/store/backup/back_up.h"
#include "catalog/store/backup/restore.h"
#include "tests/catalog/store/sample.h"

#include <chrono>

namespace catalog::store::backup {

/// An archive with a finished recording, one that is being worked on, a material, an upload half
/// done and a secret; and a place for its backups.
struct Archive : Sample {
    test::TemporaryFolder elsewhere;
    std::filesystem::path target = elsewhere / "backup";
    DataFolder restored{elsewhere / "restored"};

    Archive() {
        using namespace std::chrono_literals;
        write_media("done", media::MediaPlaylist::Age::ended);
        put_recording("done", Recording::State::ready);
        write_media("growing", media::MediaPlaylist::Age::growing);
        put_recording("growing", Recording::State::working);
        catalog.jobs.add(RecordingId("growing"), day_one);
        catalog.jobs.lease("here", day_one, 1min);
        catalog.videos.put(sample_video());
        Material material;
        material.id = MaterialId("mat");
        material.video = VideoId("lec-01");
        material.file = "handout";
        material.bytes = 3;
        catalog.materials.put(material);
        place.write("materials/handout", "pdf");
        Upload upload;
        upload.id = UploadId("up");
        upload.length = 10;
        upload.created = upload.expires = day_one;
        catalog.uploads.add(upload);
        place.write("uploads/up", "half");
        place.write("secrets/grant-keys", "secret");
        place.write("kiroku.toml", "[site]\n");
        age();
    }

    void put_recording(const std::string& id, Recording::State state) {
        Recording recording = sample_recording(id);
        recording.source_bytes = 6;
        recording.state = state;
        catalog.recordings.add(recording);
    }

    void write_media(const std::string& id, media::MediaPlaylist::Age age) const {
        const std::string at = "media/" + id + "/";
        std::filesystem::create_directories(place / (at + "stills"));
        place.write(at + "source.mp4", "source");
        place.write(at + "stills/poster.jpg", "poster");
        place.write(at + "v360.mp4", std::string(100, 'x'));
        media::MediaPlaylist playlist;
        playlist.age = age;
        playlist.file = "v360.mp4";
        playlist.init = {0, 40};
        playlist.segments = {{std::chrono::microseconds(6'000'000), {40, 60}}};
        place.write(at + "v360.m3u8", to_file_text(playlist));
        const media::MultivariantPlaylist main{
            {}, {{"v360", {100, 90}, "avc1.64001E", {{640, 360, "10.000"}}}}};
        place.write(at + "main.m3u8", to_file_text(main));
    }

    /// As if all files had been written long ago.
    void age() const {
        namespace fs = std::filesystem;
        for (const auto& entry : fs::recursive_directory_iterator(place.path())) {
            if (entry.is_regular_file()) {
                fs::last_write_time(entry.path(), std::chrono::file_clock::from_sys(day_one));
            }
        }
    }

    BackupReport back_up(Unchanged unchanged = Unchanged::trust) const {
        return backup::back_up(folder, target, day_one, unchanged);
    }

};

} // namespace catalog::store::backup
