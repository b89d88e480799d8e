#include "catalog/store/check.h"

#include "catalog/media/media_folder.h"
#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

namespace catalog::store {

using namespace std::chrono_literals;

namespace {

using Catch::Matchers::Contains;

/// A data folder in which everything is as it should be: a finished recording, one that is being
/// worked on, a material with its file, an upload half done.
struct Whole : Sample {
    Whole() {
        put_finished_recording();
        put_growing_recording();
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
    }

    void put_finished_recording() {
        write_media("done", media::MediaPlaylist::Age::ended);
        Recording recording = sample_recording("done");
        recording.source_bytes = 6;
        recording.state = Recording::State::ready;
        recording.duration = 6s;
        catalog.recordings.add(recording);
        Video video = sample_video();
        video.recording = recording.id;
        video.span = Span{1s, 2s};
        video.window = AvailabilityWindow{day_one, day_one + 1h};
        catalog.series.put(sample_series());
        catalog.videos.put(video);
    }

    void put_growing_recording() {
        write_media("growing", media::MediaPlaylist::Age::growing);
        Recording recording = sample_recording("growing");
        recording.source_bytes = 6;
        recording.state = Recording::State::working;
        catalog.recordings.add(recording);
        catalog.jobs.add(recording.id, day_one);
        REQUIRE(catalog.jobs.lease("here", day_one, 1min).has_value());
    }

    void write_media(const std::string& id, media::MediaPlaylist::Age age) {
        const std::string at = "media/" + id + "/";
        std::filesystem::create_directory(place / at);
        place.write(at + "source.mp4", "source");
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

    std::vector<std::string> broken() { return check(catalog, folder); }
};

/// What `check` says, as one text.
std::string told(Whole& whole) {
    std::string text;
    for (const std::string& line : whole.broken()) {
        text += line + '\n';
    }
    return text;
}

} // namespace

TEST_CASE("nothing is said of a data folder that is whole", "[check]") {
    Whole whole;
    CHECK(whole.broken().empty());
    Catalog reader(whole.folder.catalog_file(), Catalog::Access::read);
    CHECK(check(reader, whole.folder).empty());
}

TEST_CASE("an empty data folder is whole", "[check]") {
    Sample sample;
    CHECK(check(sample.catalog, sample.folder).empty());
}

TEST_CASE("an upload that a killed server was making a recording of is not broken", "[check]") {
    Whole whole;
    std::filesystem::create_directory(whole.place / "media/up");
    std::filesystem::rename(whole.place / "uploads/up", whole.place / "media/up/source.mp4");
    CHECK(whole.broken().empty());
}

TEST_CASE("each thing on disk that is broken is named", "[check]") {
    Whole whole;
    const auto& place = whole.place;
    std::string expected;
    SECTION("a source that is gone") {
        place.remove("media/done/source.mp4");
        expected = "recording done: its file " + (place / "media/done/source.mp4").string() +
                   " is missing";
    }
    SECTION("a source that was cut") {
        place.write("media/growing/source.mp4", "so");
        expected = "recording growing: its file " + (place / "media/growing/source.mp4").string() +
                   " has 2 bytes, not 6";
    }
    SECTION("a finished rendition that was cut") {
        place.write("media/done/v360.mp4", std::string(99, 'x'));
        expected = "recording done: v360.m3u8: it names bytes beyond the end of v360.mp4";
    }
    SECTION("a finished recording without renditions") {
        place.remove("media/done/v360.m3u8");
        expected = "recording done: 動画はまだ準備中です。";
    }
    SECTION("a finished recording whose index has no end") {
        whole.write_media("done", media::MediaPlaylist::Age::growing);
        expected = "recording done: v360.mp4: its index has no end";
    }
    SECTION("a growing rendition that was cut") {
        place.write("media/growing/v360.mp4", std::string(99, 'x'));
        expected = "recording growing: v360.m3u8: it names bytes beyond the end of v360.mp4";
    }
    SECTION("a folder that no recording has") {
        std::filesystem::create_directory(place / "media/stranger");
        expected = (place / "media/stranger").string() + ": no recording has this folder";
    }
    SECTION("a folder whose recording was removed after its upload") {
        whole.catalog.uploads.finish(UploadId("up"));
        std::filesystem::create_directory(place / "media/up");
        expected = (place / "media/up").string() + ": no recording has this folder";
    }
    SECTION("a handout that is gone") {
        place.remove("materials/handout");
        expected =
            "material mat: its file " + (place / "materials/handout").string() + " is missing";
    }
    SECTION("a handout of another size") {
        place.write("materials/handout", "pdf2");
        expected = "material mat: its file " + (place / "materials/handout").string() +
                   " has 4 bytes, not 3";
    }
    SECTION("an earlier version of a handout that is gone") {
        place.write("materials/newer", "pdf");
        whole.catalog.materials.set_file(MaterialId("mat"), {"newer", "次第.pdf", 3}, day_one);
        place.remove("materials/handout");
        expected = "an earlier version of a material: its file " + (place / "materials/handout").string() +
                   " is missing";
    }
    SECTION("an upload of more than was announced") {
        place.write("uploads/up", "more than ten");
        expected = "upload up: its file has 13 bytes, more than the 10 that were announced";
    }
    REQUIRE_FALSE(expected.empty());
    CHECK(whole.broken() == std::vector{expected});
}

TEST_CASE("each row that is broken is named", "[check]") {
    Whole whole;
    std::string expected;
    SECTION("a series' window") {
        whole.tamper("UPDATE series SET closes_ms = opens_ms - 1");
        expected = "series adaptation: its window closes before it opens";
    }
    SECTION("a video's window") {
        whole.tamper("UPDATE video SET closes_ms = opens_ms");
        expected = "video lec-01: its window closes before it opens";
    }
    SECTION("a material's window") {
        whole.tamper("UPDATE material SET has_window = 1, opens_ms = 2, closes_ms = 1");
        expected = "material mat: its window closes before it opens";
    }
    SECTION("a span behind the recording's end") {
        whole.tamper("UPDATE video SET span_begin_ms = 6000, span_end_ms = 7000");
        expected = "video lec-01: its span holds nothing of its recording";
    }
    SECTION("two jobs on one recording") {
        whole.tamper(
            "DROP INDEX one_unfinished_job_a_recording; "
            "INSERT INTO transcode_job SELECT 'second', recording, state, attempts, 'there', "
            "lease_until_ms, not_before_ms, created_ms FROM transcode_job");
        expected = "recording growing: more than one job works on it";
    }
    SECTION("a recording that nobody works on") {
        whole.tamper(
            "UPDATE transcode_job SET state = 'done', lease_owner = NULL, lease_until_ms = NULL");
        expected = "recording growing: it waits to be transcoded, but no job will do it";
    }
    SECTION("a lease of nobody") {
        whole.tamper("UPDATE transcode_job SET lease_owner = NULL");
        expected = "its lease and its state disagree";
    }
    SECTION("a reference to nothing") {
        whole.tamper("UPDATE video SET series = 'none'");
        expected = "a row of video refers to a series that is not there";
    }
    SECTION("a name that leads elsewhere") {
        whole.tamper("UPDATE material SET id = '../mat'");
        expected = "material ../mat: this is no valid id";
    }
    SECTION("a word that means nothing") {
        whole.tamper("UPDATE recording SET state = 'resting' WHERE id = 'done'");
        expected = "the catalog holds a value that means nothing: resting";
    }
    REQUIRE_FALSE(expected.empty());
    CHECK_THAT(told(whole), Contains(expected));
}

} // namespace catalog::store
