#include "catalog/store/backup/backup_folder.h"
#include "catalog/store/check.h"
#include "tests/catalog/store/backup/backed_up.h"

#include <catch2/catch.hpp>

#include <fstream>

namespace catalog::store::backup {

namespace {

using Catch::Matchers::Contains;
namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

} // namespace

TEST_CASE("what was backed up is put back whole, with its times and permissions", "[backup]") {
    Archive archive;
    archive.back_up();
    const RestoreReport report = restore(archive.target, archive.restored);
    CHECK(report.made_at == day_one);
    CHECK(report.files == 15);
    for (const char* name : {"media/done/v360.mp4", "materials/handout", "secrets/grant-keys"}) {
        CHECK(state_of(archive.place / name) == state_of(archive.restored.root / name));
    }
    CHECK(fs::status(archive.restored.secrets()).permissions() == fs::perms::owner_all);
    CHECK_FALSE(fs::exists(archive.restored.root.string() + ".partial"));

    Catalog reader(archive.restored.catalog_file(), Catalog::Access::read);
    CHECK(check(reader, archive.restored).empty());
    Catalog writer(archive.restored.catalog_file(), Catalog::Access::write);
    writer.jobs.release_all();
    CHECK(writer.jobs.all().front().state == TranscodeJob::State::waiting);
}

TEST_CASE("a backup of what was put back copies only what may have changed", "[backup]") {
    Archive archive;
    archive.back_up();
    restore(archive.target, archive.restored);
    const BackupReport report =
        back_up(archive.restored, archive.target, day_one, Unchanged::trust);
    // The catalog, the growing recording but for its source, the upload, secret and settings.
    CHECK(report.copied_files == 8);
}

TEST_CASE("a backup that is not what was written is refused by the name of the file", "[backup]") {
    Archive archive;
    archive.back_up();
    const fs::path file = archive.target / "data/media/done/v360.mp4";
    std::string expected = file.string();
    SECTION("a byte is another") {
        write(file, std::string(100, 'y'));
        expected += " is damaged";
    }
    SECTION("a byte is missing") {
        write(file, std::string(99, 'x'));
        expected += " is damaged";
    }
    SECTION("a file is missing") {
        fs::remove(file);
        expected += " is missing";
    }
    CHECK_THROWS_WITH(restore(archive.target, archive.restored), Contains(expected));
    CHECK_FALSE(fs::exists(archive.restored.root));
    CHECK_FALSE(fs::exists(archive.restored.root.string() + ".partial"));
}

TEST_CASE("what holds no whole backup is refused in a sentence", "[backup]") {
    Archive archive;
    CHECK_THROWS_WITH(restore(archive.elsewhere / "nowhere", archive.restored),
                      Contains("holds no finished backup"));
    archive.back_up();
    const fs::path manifest = archive.target / "manifest.json";
    std::string text = archive.elsewhere.read("backup/manifest.json");
    SECTION("a number in the manifest is another") {
        const auto at = text.find("\"bytes\": 100");
        REQUIRE(at != std::string::npos);
        text[at + 9] = '2';
    }
    SECTION("the manifest is cut") { text.resize(text.size() / 2); }
    SECTION("the manifest is empty") { text.clear(); }
    write(manifest, text);
    CHECK_THROWS_WITH(restore(archive.target, archive.restored),
                      Contains("manifest.json is damaged"));
    CHECK_FALSE(fs::exists(archive.restored.root));
}

TEST_CASE("a backup is put back only where nothing is", "[backup]") {
    Archive archive;
    archive.back_up();
    const fs::path there = archive.restored.root;
    SECTION("a folder with something in it") {
        fs::create_directory(there);
        write(there / "letter", "dear");
        CHECK_THROWS_WITH(restore(archive.target, archive.restored), Contains("not empty"));
        CHECK(archive.elsewhere.read("restored/letter") == "dear");
    }
    SECTION("a file") {
        write(there, "dear");
        CHECK_THROWS_WITH(restore(archive.target, archive.restored), Contains("not empty"));
        CHECK(archive.elsewhere.read("restored") == "dear");
    }
    SECTION("something of another's beside it") {
        fs::create_directory(there.string() + ".partial");
        write(there.string() + ".partial/letter", "dear");
        CHECK_THROWS_WITH(restore(archive.target, archive.restored), Contains("in the way"));
        CHECK(archive.elsewhere.read("restored.partial/letter") == "dear");
    }
    SECTION("an empty folder will do, and so will what a killed restore left beside it") {
        fs::create_directory(there);
        fs::create_directory(there.string() + ".partial");
        write(there.string() + ".partial/.kiroku-partial", "");
        write(there.string() + ".partial/half", "half");
        restore(archive.target, archive.restored);
        CHECK_FALSE(fs::exists(there / "half"));
        CHECK(fs::exists(archive.restored.catalog_file()));
    }
}

TEST_CASE("a manifest is read back as it was, and leads nowhere else", "[backup]") {
    Manifest manifest;
    manifest.made_at = day_one + std::chrono::milliseconds(7);
    manifest.files["media/講演/v720.mp4"] = {{3, std::string(64, 'a')}, {3, 5, 0600}, Entry::Age::finished};
    CHECK(parse_manifest(to_text(manifest)).value() == manifest);
    const std::string wrong = GENERATE("../media/x", "/etc/passwd", "media/../../x", "else/x", "");
    manifest.files[wrong] = {};
    CHECK_FALSE(parse_manifest(to_text(manifest)).has_value());
}

} // namespace catalog::store::backup
