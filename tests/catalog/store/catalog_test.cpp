#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

namespace catalog::store {

namespace {

using Catch::Matchers::Contains;
using Access = Catalog::Access;

std::string why_not_opened(const DataFolder& folder, Access access) {
    try {
        const Catalog opened(folder.catalog_file(), access);
    } catch (const std::runtime_error& refusal) {
        return refusal.what();
    }
    return "it was opened";
}

void damage_bytes(const std::filesystem::path& file, std::streamoff from, std::size_t count) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(from);
    stream << std::string(count, '\xA5');
}

} // namespace

TEST_CASE("a new catalog knows the 62 municipalities and nothing else", "[store]") {
    Sample sample;
    const auto municipalities = sample.catalog.municipalities.all();
    REQUIRE(municipalities.size() == 62);
    CHECK(municipalities.front() ==
          Municipality{"131016", "千代田区", "ちよだく", "Chiyoda-ku", "ward", "区部", 1});
    for (const Municipality& one : municipalities) {
        INFO(one.name);
        CHECK(is_municipality_code(one.code));
    }
    CHECK(sample.catalog.municipalities.find("134210")->name == "小笠原村");
    CHECK_FALSE(sample.catalog.municipalities.find("131017").has_value());
    CHECK(sample.catalog.series.all().empty());
    CHECK(sample.catalog.broken_rows().empty());
}

TEST_CASE("what was put is there when the catalog is opened again", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path() / "data"};
    create(folder);
    {
        Catalog catalog(folder.catalog_file(), Access::write);
        catalog.series.put(sample_series());
    }
    Catalog again(folder.catalog_file(), Access::write);
    CHECK(again.series.all() == std::vector{sample_series()});
    CHECK(again.municipalities.all().size() == 62);
}

TEST_CASE("the file keeps a write-ahead log", "[store]") {
    Sample sample;
    SQLite::Database raw(sample.folder.catalog_file().string());
    CHECK(raw.execAndGet("PRAGMA journal_mode").getString() == "wal");
}

TEST_CASE("a reader sees what was committed, and changes nothing", "[store]") {
    Sample sample;
    Catalog reader(sample.folder.catalog_file(), Access::read);
    CHECK(reader.series.all().empty());
    sample.catalog.series.put(sample_series());
    CHECK(reader.series.all() == std::vector{sample_series()});
    CHECK_THROWS(reader.series.put(sample_series("other")));
    CHECK(sample.catalog.series.all().size() == 1);
}

TEST_CASE("a reader opens a catalog that nobody has open, closed well or not", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    const pid_t writer = ::fork();
    REQUIRE(writer >= 0);
    if (writer == 0) {
        Catalog catalog(folder.catalog_file(), Access::write);
        catalog.series.put(sample_series());
        ::raise(SIGKILL);
    }
    int status = 0;
    REQUIRE(::waitpid(writer, &status, 0) == writer);
    CHECK(Catalog(folder.catalog_file(), Access::read).series.all().size() == 1);
    Catalog(folder.catalog_file(), Access::write);
    CHECK_FALSE(std::filesystem::exists(folder.catalog_file().string() + "-wal"));
    CHECK(Catalog(folder.catalog_file(), Access::read).series.all().size() == 1);
}

TEST_CASE("a reader's transaction sees one moment", "[store]") {
    Sample sample;
    Catalog reader(sample.folder.catalog_file(), Access::read);
    const auto counts = reader.transaction([&] {
        const auto before = reader.series.all().size();
        sample.catalog.series.put(sample_series());
        return std::pair(before, reader.series.all().size());
    });
    CHECK(counts == std::pair<std::size_t, std::size_t>(0, 0));
    CHECK(reader.series.all().size() == 1);
}

TEST_CASE("a reader that is the last to close leaves the log alone", "[store]") {
    // A checkpoint by a second connection is what loses pages in SQLite before 3.51.3.
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    auto writer = std::make_unique<Catalog>(folder.catalog_file(), Access::write);
    writer->series.put(sample_series());
    auto reader = std::make_unique<Catalog>(folder.catalog_file(), Access::read);
    CHECK(reader->series.all().size() == 1);
    writer.reset();
    const auto log = folder.catalog_file().string() + "-wal";
    const auto size_of_log = [&] {
        return std::filesystem::exists(log) ? std::filesystem::file_size(log) : 0;
    };
    const auto before = size_of_log();
    const auto catalog_before = place.read("catalog.sqlite");
    CHECK(reader->series.all().size() == 1);
    reader.reset();
    CHECK(size_of_log() == before);
    CHECK(place.read("catalog.sqlite") == catalog_before);
}

TEST_CASE("a transaction is undone when it throws or refuses", "[store]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    CHECK_THROWS_AS(catalog.transaction([&] {
        catalog.series.put(sample_series());
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(catalog.series.all().empty());

    const auto refused = catalog.transaction([&]() -> Result<int> {
        catalog.series.put(sample_series());
        return refuse(Refusal::conflict, "no");
    });
    CHECK(refused.error().kind == Refusal::conflict);
    CHECK(catalog.series.all().empty());

    const auto given = catalog.transaction([&]() -> Result<int> {
        catalog.series.put(sample_series());
        return 7;
    });
    CHECK(given.value() == 7);
    CHECK(catalog.series.all().size() == 1);
}

TEST_CASE("a transaction inside another is undone alone and kept with the outer one", "[store]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    catalog.transaction([&] {
        catalog.series.put(sample_series("kept"));
        const auto refused = catalog.transaction([&]() -> Result<void> {
            catalog.series.put(sample_series("undone"));
            return refuse(Refusal::invalid, "no");
        });
        CHECK(refused.has_error());
        catalog.transaction([&] { catalog.series.put(sample_series("kept-too")); });
    });
    CHECK(catalog.series.all().size() == 2);
    CHECK_FALSE(catalog.series.find(SeriesId("undone")).has_value());

    CHECK_THROWS(catalog.transaction([&] {
        catalog.transaction([&] { catalog.series.put(sample_series("lost")); });
        throw std::runtime_error("the outer one fails");
    }));
    CHECK_FALSE(catalog.series.find(SeriesId("lost")).has_value());
}

TEST_CASE("a writer that is killed leaves what it committed and nothing half", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    const pid_t writer = ::fork();
    REQUIRE(writer >= 0);
    if (writer == 0) {
        Catalog catalog(folder.catalog_file(), Access::write);
        catalog.series.put(sample_series("committed"));
        catalog.transaction([&] {
            catalog.series.put(sample_series("half"));
            ::raise(SIGKILL);
        });
    }
    int status = 0;
    REQUIRE(::waitpid(writer, &status, 0) == writer);
    REQUIRE(WIFSIGNALED(status));
    Catalog catalog(folder.catalog_file(), Access::write);
    REQUIRE(catalog.series.all().size() == 1);
    CHECK(catalog.series.all().front().id == SeriesId("committed"));
    CHECK(catalog.broken_rows().empty());
}

TEST_CASE("a catalog from a newer program is not opened", "[store]") {
    Sample sample;
    sample.tamper("PRAGMA user_version = 9999");
    const auto access = GENERATE(Access::write, Access::read);
    CHECK_THAT(why_not_opened(sample.folder, access), Contains("newer Kiroku"));
}

TEST_CASE("a reader does not migrate", "[store]") {
    Sample sample;
    sample.tamper("PRAGMA user_version = 0");
    CHECK_THAT(why_not_opened(sample.folder, Access::read), Contains("Start the server once"));
}

TEST_CASE("another program's database is no catalog", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    SQLite::Database(folder.catalog_file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE photo (id INTEGER)");
    CHECK_THAT(why_not_opened(folder, Access::write), Contains("no catalog of Kiroku"));
}

TEST_CASE("a damaged catalog is not opened for writing", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    {
        Catalog catalog(folder.catalog_file(), Access::write);
        catalog.series.put(sample_series());
    }
    SECTION("its head") {
        damage_bytes(folder.catalog_file(), 0, 100);
    }
    SECTION("a page") {
        damage_bytes(folder.catalog_file(), 4096 * 3, 4096);
    }
    SECTION("its end cut off") {
        std::filesystem::resize_file(folder.catalog_file(),
                                     std::filesystem::file_size(folder.catalog_file()) / 2);
    }
    SECTION("some text instead") {
        place.write("catalog.sqlite", std::string(9000, 'x'));
    }
    CHECK_THAT(why_not_opened(folder, Access::write),
               Contains("damaged") && Contains("from a backup"));
}

TEST_CASE("a lost catalog is not replaced by an empty one", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    create(folder);
    CHECK_THAT(why_not_opened(folder, Access::read), Contains("Start the server"));
    place.write("media/something", "a recording");
    const auto access = GENERATE(Access::write, Access::read);
    CHECK_THAT(why_not_opened(folder, access), Contains("holds recordings"));
    CHECK_FALSE(std::filesystem::exists(folder.catalog_file()));
    place.write("catalog.sqlite", "");
    CHECK_THAT(why_not_opened(folder, access), Contains("holds recordings"));
}

TEST_CASE("one process at a time may write", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path()};
    {
        const WriterLock lock(folder);
        CHECK_THROWS_AS(WriterLock(folder), CatalogInUse);
    }
    CHECK_NOTHROW(WriterLock(folder));
    CHECK_THROWS_AS(WriterLock(DataFolder{place.path() / "missing"}), std::system_error);
}

TEST_CASE("a data folder is made private to its owner", "[store]") {
    const test::TemporaryFolder place;
    const DataFolder folder{place.path() / "data"};
    create(folder);
    create(folder);
    for (const auto& each :
         {folder.root, folder.secrets(), folder.media(), folder.uploads(), folder.materials(), folder.pages()}) {
        CHECK(std::filesystem::status(each).permissions() == std::filesystem::perms::owner_all);
    }
}

} // namespace catalog::store
