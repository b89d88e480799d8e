#include "catalog/media/media_folder.h"
#include "catalog/store/backup/backup_folder.h"
#include "catalog/store/check.h"
#include "tests/catalog/store/backup/backed_up.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

#include <csignal>
#include <sys/resource.h>

namespace catalog::store::backup {

namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

using Files = std::map<std::string, std::string>;

/// What a folder holds, by name.
Files files_in(const fs::path& root) {
    Files files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_regular_file()) {
            files.emplace(entry.path().lexically_relative(root).string(), text_of(entry.path()));
        }
    }
    return files;
}

/// The same without the catalog, its log and its lock.
Files files_beside_catalog(const fs::path& root) {
    Files files = files_in(root);
    std::erase_if(files, [](const auto& file) { return file.first.starts_with("catalog.sqlite"); });
    return files;
}

Recording::State state_in(const fs::path& catalog_file, const std::string& recording) {
    Catalog catalog(catalog_file, Catalog::Access::read);
    return catalog.recordings.find(RecordingId(recording)).value().state;
}

} // namespace

TEST_CASE("a backup holds the catalog, and every file that belongs to it", "[backup]") {
    Archive archive;
    fs::create_directory(archive.place / "media/stranger");
    archive.place.write("media/stranger/source.mp4", "of no recording");
    archive.place.write("uploads/other", "of no upload");
    archive.place.write("kiroku.lock", "");
    const BackupReport report = archive.back_up();
    CHECK(report.complaints.empty());
    CHECK(report.files == report.copied_files);

    Files expected = files_beside_catalog(archive.place.path());
    expected.erase("media/stranger/source.mp4");
    expected.erase("uploads/other");
    expected.erase("kiroku.lock");
    CHECK(files_beside_catalog(archive.target / "data") == expected);
    CHECK(state_in(archive.target / "data/catalog.sqlite", "growing") == Recording::State::working);
    CHECK(fs::status(archive.target).permissions() == fs::perms::owner_all);
    const auto private_file = fs::perms::owner_read | fs::perms::owner_write;
    CHECK(fs::status(archive.target / "data/secrets/grant-keys").permissions() == private_file);
}

TEST_CASE("files that materials had before go along", "[backup]") {
    Archive archive;
    archive.place.write("materials/newer", "PDF");
    archive.catalog.materials.set_file(MaterialId("mat"), {"newer", "次第.pdf", 3}, day_one);
    archive.back_up();
    CHECK(fs::exists(archive.target / "data/materials/newer"));
    CHECK(fs::exists(archive.target / "data/materials/handout"));
}

TEST_CASE("a catalog that is being written to is copied as it is at one moment", "[backup]") {
    Archive archive;
    // Two rows of one transaction: a copy has both, or neither.
    const std::jthread writer([&](const std::stop_token& is_over) {
        for (int number = 0; !is_over.stop_requested(); ++number) {
            const std::string id = std::to_string(number);
            archive.catalog.transaction([&] {
                archive.catalog.videos.put(sample_video("first-" + id));
                archive.catalog.videos.put(sample_video("second-" + id));
            });
        }
    });
    std::size_t most = 0;
    for (int backup = 0; backup < 10; ++backup) {
        archive.back_up();
        Catalog copied(archive.target / "data/catalog.sqlite", Catalog::Access::read);
        std::size_t first = 0;
        std::size_t second = 0;
        for (const Video& video : copied.videos.all()) {
            first += video.id.text().starts_with("first-") ? 1U : 0U;
            second += video.id.text().starts_with("second-") ? 1U : 0U;
        }
        CHECK(first == second);
        most = first;
    }
    CHECK(most > 0);
}

TEST_CASE("a recording that grows is copied with all that its index names", "[backup]") {
    Archive archive;
    const fs::path folder = archive.place / "media/growing";
    constexpr int backups = 10;
    constexpr int segments_a_backup = 4'000;
    std::atomic<int> allowed = segments_a_backup;
    // As the transcoder does: a segment's bytes, then its lines, either in pieces.
    const std::jthread writer([&](const std::stop_token& is_over) {
        std::ofstream data(folder / "v360.mp4", std::ios::binary | std::ios::app);
        std::ofstream index(folder / "v360.m3u8", std::ios::binary | std::ios::app);
        constexpr std::uint64_t bytes = 200;
        for (int written = 0; !is_over.stop_requested();) {
            if (written == allowed) {
                std::this_thread::yield();
                continue;
            }
            const std::uint64_t offset = 100 + bytes * static_cast<std::uint64_t>(written++);
            data << std::string(150, 'y') << std::flush << std::string(50, 'y') << std::flush;
            const std::string lines = media::to_file_lines(
                "v360.mp4", media::Segment{std::chrono::seconds(6), {offset, bytes}});
            index << lines.substr(0, 20) << std::flush << lines.substr(20) << std::flush;
        }
    });
    std::size_t most = 0;
    for (int backup = 0; backup < backups; ++backup) {
        allowed += segments_a_backup;
        CHECK(archive.back_up().complaints.empty());
        const auto copied = media::read_media_folder(archive.target / "data/media/growing");
        REQUIRE(copied.has_value());
        most = copied->renditions.at("v360").segments.size();
    }
    CHECK(most > segments_a_backup);
}

TEST_CASE("a second backup copies what has changed, and drops what is gone", "[backup]") {
    Archive archive;
    archive.back_up();
    archive.put_recording("new", Recording::State::ready);
    archive.write_media("new", media::MediaPlaylist::Age::ended);
    archive.place.write("uploads/up", "half and");
    archive.age();
    REQUIRE(archive.catalog.recordings.remove(RecordingId("growing")).has_value());
    fs::remove_all(archive.place / "media/growing");
    const fs::path untouched = archive.target / "data/media/done/v360.mp4";
    const auto written = fs::last_write_time(untouched);

    const BackupReport report = archive.back_up();
    CHECK(files_beside_catalog(archive.target / "data") ==
          files_beside_catalog(archive.place.path()));
    CHECK(fs::last_write_time(untouched) == written);
    CHECK(report.files == 15);
    // The catalog, five files of the new recording, the upload, the secret and the settings.
    CHECK(report.copied_files == 9);
    CHECK_FALSE(fs::exists(archive.target / "next"));
}

TEST_CASE("a finished file that looks the same in all but its time is copied anew", "[backup]") {
    Archive archive;
    archive.back_up();
    archive.place.write("materials/handout", "PDF");
    archive.back_up();
    CHECK(text_of(archive.target / "data/materials/handout") == "PDF");
    // It was changed in the second in which it was copied, which its time may not show.
    const auto time = fs::last_write_time(archive.place / "materials/handout");
    archive.place.write("materials/handout", "Pdf");
    fs::last_write_time(archive.place / "materials/handout", time);
    archive.back_up();
    CHECK(text_of(archive.target / "data/materials/handout") == "Pdf");
}

TEST_CASE("what has rotted in the earlier backup is found where it is read, and copied anew",
          "[backup]") {
    Archive archive;
    archive.back_up();
    const fs::path rotten = archive.target / "data/media/done/v360.mp4";
    std::ofstream(rotten, std::ios::binary) << std::string(100, 'y');
    archive.back_up(Unchanged::trust);
    CHECK(text_of(rotten) == std::string(100, 'y'));
    archive.back_up(Unchanged::read_back);
    CHECK(text_of(rotten) == std::string(100, 'x'));
}

TEST_CASE("an upload that became a recording after the catalog was copied goes along", "[backup]") {
    Archive archive;
    fs::create_directory(archive.place / "media/up");
    fs::rename(archive.place / "uploads/up", archive.place / "media/up/source.mp4");
    CHECK(archive.back_up().complaints.empty());
    CHECK(text_of(archive.target / "data/media/up/source.mp4") == "half");
}

TEST_CASE("an upload that is gone is no loss", "[backup]") {
    Archive archive;
    archive.place.remove("uploads/up");
    CHECK(archive.back_up().complaints.empty());
}

TEST_CASE("what the archive lacks is named, and what the earlier backup has of it is kept",
          "[backup]") {
    Archive archive;
    archive.back_up();
    std::string lost;
    SECTION("a file of a finished recording") {
        lost = "media/done/v360.mp4";
        archive.place.remove(lost);
    }
    SECTION("a file that was cut") {
        lost = "media/done/v360.mp4";
        archive.place.write(lost, "x");
    }
    SECTION("the source of one that is not finished") {
        lost = "media/growing/source.mp4";
        archive.place.remove(lost);
    }
    SECTION("a whole recording") {
        lost = "media/done/stills/poster.jpg";
        fs::remove_all(archive.place / "media/done");
    }
    SECTION("a material") {
        lost = "materials/handout";
        archive.place.remove(lost);
    }
    const std::string before = text_of(archive.target / "data" / lost);
    for (int again = 0; again < 2; ++again) {
        const BackupReport report = archive.back_up();
        std::string told;
        for (const std::string& complaint : report.complaints) {
            told += complaint + "\n";
        }
        CHECK_THAT(told, Contains(lost + " was finished"));
        CHECK(text_of(archive.target / "data" / lost) == before);
    }
    CHECK(restore(archive.target, archive.restored).files > 0);
}

TEST_CASE("what the archive lacks and no backup has is named", "[backup]") {
    Archive archive;
    archive.place.remove("media/growing/source.mp4");
    archive.place.remove("materials/handout");
    archive.place.write("media/growing/v360.mp4", "cut");
    const auto complaints = archive.back_up().complaints;
    CHECK(complaints ==
          std::vector<std::string>{
              "media/growing/source.mp4 is missing in the archive.",
              "media/growing: v360.m3u8: it names bytes beyond the end of v360.mp4",
              "materials/handout is missing in the archive."});
}

TEST_CASE("a folder that holds something else is left alone", "[backup]") {
    Archive archive;
    fs::create_directory(archive.target);
    std::ofstream(archive.target / "letter.txt") << "dear";
    CHECK_THROWS_WITH(archive.back_up(), Contains("holds something else"));
    CHECK(files_in(archive.target) == Files{{"letter.txt", "dear"}});
    fs::remove(archive.target / "letter.txt");
    CHECK_NOTHROW(archive.back_up());
    std::ofstream(archive.target / "letter.txt") << "dear";
    CHECK_THROWS_WITH(archive.back_up(), Contains("holds something else"));
}

TEST_CASE("a backup does not lie in the data folder, nor around it", "[backup]") {
    Archive archive;
    const Files before = files_beside_catalog(archive.place.path());
    for (const fs::path& wrong : {archive.place.path(), archive.place / "backup",
                                  archive.place / "media/done/backup",
                                  archive.place.path().parent_path()}) {
        CHECK_THROWS_WITH(back_up(archive.folder, wrong, day_one, Unchanged::trust),
                          Contains("lie one inside the other"));
    }
    const fs::path link = archive.elsewhere / "link";
    fs::create_directory_symlink(archive.place.path(), link);
    CHECK_THROWS_WITH(back_up(archive.folder, link / "backup", day_one, Unchanged::trust),
                      Contains("lie one inside the other"));
    CHECK(files_beside_catalog(archive.place.path()) == before);
}

TEST_CASE("where the room ends, the earlier backup is what it was", "[backup]") {
    Archive archive;
    archive.back_up();
    const Files before = files_in(archive.target);
    archive.put_recording("large", Recording::State::ready);
    archive.write_media("large", media::MediaPlaylist::Age::ended);
    archive.place.write("media/large/source.mp4", std::string(4'000'000, 'x'));
    // No file may grow longer than the catalog is: writing fails as it does on a disk with quotas.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    const rlimit small{2'000'000, limit.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    CHECK_THROWS_WITH(archive.back_up(), Contains("large/source.mp4"));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK(files_in(archive.target) == before);
    CHECK(archive.back_up().complaints.empty());
}

TEST_CASE("two backups are not made in one folder at once", "[backup]") {
    Archive archive;
    archive.back_up();
    const FolderLock held(Places{archive.target});
    CHECK_THROWS_WITH(archive.back_up(), Contains("Another backup is being made"));
}

TEST_CASE("a backup that was cut off before it was whole is as if it had not been", "[backup]") {
    Archive archive;
    archive.back_up();
    const Files before = files_in(archive.target);
    fs::create_directories(archive.target / "next/media/done");
    std::ofstream(archive.target / "next/media/done/v360.mp4") << "half";
    CHECK(restore(archive.target, archive.restored).files == before.size() - 2);
    CHECK(text_of(archive.restored.media() / "done/v360.mp4") == std::string(100, 'x'));
    archive.back_up();
    CHECK_FALSE(fs::exists(archive.target / "next"));
}

TEST_CASE("a backup that was killed after a long time does not begin anew", "[backup]") {
    Archive archive;
    archive.back_up();
    // As it was after all was staged, and before anything counted.
    fs::rename(archive.target / "manifest.json", archive.target / "manifest.unfinished.json");
    fs::rename(archive.target / "data", archive.target / "next");
    const auto long_ago = std::chrono::file_clock::from_sys(day_one);
    const fs::path there = archive.target / "next/media/done/v360.mp4";
    fs::last_write_time(there, long_ago);
    CHECK_THROWS_WITH(restore(archive.target, archive.restored), Contains("no finished backup"));
    SECTION("what is whole is taken up") {
        archive.back_up();
        CHECK(fs::last_write_time(archive.target / "data/media/done/v360.mp4") == long_ago);
    }
    SECTION("what is not is copied again") {
        std::ofstream(there) << "half";
        archive.back_up();
    }
    SECTION("what has changed in the archive meanwhile is copied again") {
        archive.place.write("materials/handout", "PDF");
        archive.back_up();
    }
    SECTION("what is none of the archive's any more is left out") {
        REQUIRE(archive.catalog.materials.remove(MaterialId("mat")).has_value());
        archive.place.remove("materials/handout");
        archive.back_up();
    }
    CHECK(files_beside_catalog(archive.target / "data") ==
          files_beside_catalog(archive.place.path()));
    CHECK_FALSE(fs::exists(archive.target / "manifest.unfinished.json"));
    CHECK_FALSE(fs::exists(archive.target / "next"));
    CHECK(restore(archive.target, archive.restored).files > 0);
}

TEST_CASE("what was left of a killed backup and has rotted is found before it counts", "[backup]") {
    Archive archive;
    archive.back_up();
    fs::rename(archive.target / "manifest.json", archive.target / "manifest.unfinished.json");
    fs::rename(archive.target / "data", archive.target / "next");
    std::ofstream(archive.target / "next/media/done/v360.mp4") << std::string(100, 'y');
    CHECK_THROWS_WITH(archive.back_up(), Contains("cannot be trusted"));
    archive.back_up();
    CHECK(restore(archive.target, archive.restored).files > 0);
}

TEST_CASE("a change of places that was cut off is read through, and finished by the next backup",
          "[backup]") {
    Archive archive;
    archive.back_up();
    archive.place.write("kiroku.toml", "[site]\nname = \"new\"\n");
    archive.back_up();
    // As it was between: the manifest is there, the settings have not changed places yet, and a file
    // of the earlier backup has not gone.
    fs::rename(archive.target / "manifest.json", archive.target / "manifest.next.json");
    fs::create_directory(archive.target / "next");
    fs::rename(archive.target / "data/kiroku.toml", archive.target / "next/kiroku.toml");
    std::ofstream(archive.target / "data/kiroku.toml") << "[site]\n";
    std::ofstream(archive.target / "data/media/old.mp4") << "old";

    restore(archive.target, archive.restored);
    CHECK(text_of(archive.restored.settings()) == "[site]\nname = \"new\"\n");
    const BackupReport report = archive.back_up();
    CHECK(report.copied_files < report.files);
    CHECK(text_of(archive.target / "data/kiroku.toml") == "[site]\nname = \"new\"\n");
    CHECK_FALSE(fs::exists(archive.target / "data/media/old.mp4"));
    CHECK_FALSE(fs::exists(archive.target / "manifest.next.json"));
}

} // namespace catalog::store::backup
