#include "catalog/store/check.h"
#include "catalog/store/search.h"

#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

const Viewer nobody;
const Viewer staff{Viewer::Kind::staff, AccountId("a"), "a", Department{"131016", "環境課"}, {}};
const std::vector<DocumentPage> two_pages{{1440, 810, "熱中症対策の手引き"}, {1018, 1440, "ゼロカー\nボンシティ宣言"}};

struct Handouts : Sample {
    Handouts() {
        put("plan", Audience::everybody, {day_one, day_one + 24h}, "file-1");
    }

    void put(const std::string& id, Audience audience, AvailabilityWindow window, const std::string& file) {
        Material material;
        material.id = MaterialId(id);
        material.title = "計画書 " + id;
        material.format = "pdf";
        material.audience = audience;
        material.window = window;
        material.file = file;
        material.file_name = id + ".pdf";
        material.bytes = file.empty() ? 0 : 5;
        catalog.materials.put(material);
    }

    Document leased(const std::string& owner = "me") {
        auto document = catalog.documents.lease(owner, day_one, 1min);
        REQUIRE(document);
        return *document;
    }

    void make_pages() {
        REQUIRE(catalog.documents.finish(leased(), "me", two_pages).has_value());
    }

    std::vector<Finding> found(const std::string& words, const Viewer& viewer, time::UtcTime now) {
        return store::search(this->catalog, ::catalog::search::SearchQuery(words), viewer, now, std::chrono::year(2021) / 10 / 25).found;
    }
};

} // namespace

TEST_CASE("a handout's file waits for its pages, and has them when they are made", "[store]") {
    Handouts archive;
    archive.put("announced", Audience::everybody, {}, "");
    CHECK_FALSE(archive.catalog.documents.of(MaterialId("announced")));
    const auto waiting = archive.catalog.documents.of(MaterialId("plan"));
    REQUIRE(waiting);
    CHECK(waiting->state == Document::State::waiting);
    archive.make_pages();
    const auto ready = archive.catalog.documents.of(MaterialId("plan"));
    CHECK(ready->state == Document::State::ready);
    CHECK(ready->pages == 2);
    CHECK(ready->attempts == 1);
    CHECK(archive.catalog.documents.pages(MaterialId("plan")) == two_pages);
    CHECK(archive.catalog.documents.page(MaterialId("plan"), 2) == two_pages[1]);
    CHECK_FALSE(archive.catalog.documents.page(MaterialId("plan"), 3));
    CHECK_FALSE(archive.catalog.documents.lease("me", day_one, 1min));
    // The same file again, as an import brings it, makes nothing anew.
    archive.put("plan", Audience::staff, {}, "file-1");
    CHECK(archive.catalog.documents.of(MaterialId("plan"))->state == Document::State::ready);
}

TEST_CASE("another file is another document, and who still made the old one cannot finish it", "[store]") {
    Handouts archive;
    const auto old = archive.leased();
    archive.catalog.materials.set_file(MaterialId("plan"), {"file-2", "plan.pdf", 6}, day_one);
    CHECK(archive.catalog.documents.finish(old, "me", two_pages).error().kind == Refusal::conflict);
    CHECK(archive.catalog.documents.renew(old, "me", day_one).error().kind == Refusal::conflict);
    CHECK(archive.catalog.documents.leave(old, "me", "…").error().kind == Refusal::conflict);
    CHECK(archive.catalog.documents.of(MaterialId("plan"))->state == Document::State::waiting);
    CHECK(archive.catalog.documents.pages(MaterialId("plan")).empty());
    archive.make_pages();
    archive.catalog.materials.set_file(MaterialId("plan"), {"file-3", "plan.pdf", 7}, day_one);
    CHECK(archive.found("熱中症", nobody, day_one).empty());
    CHECK(archive.catalog.broken_rows().empty());
}

TEST_CASE("a lease is one's own until it runs out, and a back-off is waited for", "[store]") {
    Handouts archive;
    auto& documents = archive.catalog.documents;
    const auto mine = archive.leased();
    CHECK_FALSE(documents.lease("other", day_one + 59s, 1min));
    CHECK(documents.finish(mine, "other", two_pages).error().kind == Refusal::conflict);
    REQUIRE(documents.renew(mine, "me", day_one + 2min).has_value());
    CHECK_FALSE(documents.lease("other", day_one + 1min, 1min));
    const auto theirs = documents.lease("other", day_one + 2min, 1min);
    REQUIRE(theirs);
    CHECK(theirs->attempts == 2);
    REQUIRE(documents.put_back(*theirs, "other", day_one + 1h).has_value());
    CHECK_FALSE(documents.lease("me", day_one + 59min, 1min));
    CHECK(documents.lease("me", day_one + 1h, 1min));
    documents.release_all();
    const auto last = documents.lease("me", day_one, 1min);
    REQUIRE(last);
    REQUIRE(documents.leave(*last, "me", "パスワードのかかった PDF です。").has_value());
    CHECK(documents.of(MaterialId("plan"))->why_not == "パスワードのかかった PDF です。");
    documents.release_all();
    CHECK_FALSE(documents.lease("me", day_one, 1min));
}

TEST_CASE("what stands on pages is found with its page, inside the handout's window and by its audience alone", "[store]") {
    Handouts archive;
    archive.make_pages();
    const auto found = archive.found("ｾﾞﾛｶｰﾎﾞﾝ", nobody, day_one);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == Finding::Kind::material);
    CHECK(found[0].subject == "plan");
    REQUIRE(found[0].pages.size() == 1);
    CHECK(found[0].pages[0].number == 2);
    CHECK(catalog::search::has_hit(found[0].pages[0].words));
    CHECK(archive.found("熱中", nobody, day_one)[0].pages[0].number == 1);
    CHECK(archive.found("熱中症", nobody, day_one - 1ms).empty());
    CHECK(archive.found("熱中症", nobody, day_one + 24h - 1ms).size() == 1);
    CHECK(archive.found("熱中症", nobody, day_one + 24h).empty());
    archive.put("plan", Audience::staff, {day_one, day_one + 24h}, "file-1");
    CHECK(archive.found("熱中症", nobody, day_one).empty());
    CHECK(archive.found("熱中症", staff, day_one).size() == 1);
}

TEST_CASE("of a handout with many pages that fit the first few are told, and how many more there are", "[store]") {
    Handouts archive;
    std::vector<DocumentPage> pages(9, {1440, 810, "暑熱"});
    pages[4].text = "その他";
    REQUIRE(archive.catalog.documents.finish(archive.leased(), "me", pages).has_value());
    const auto found = archive.found("暑熱", nobody, day_one);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].pages.size() == 3);
    CHECK(found[0].pages[0].number == 1);
    CHECK(found[0].pages[2].number == 3);
    CHECK(found[0].more_pages == 5);
}

TEST_CASE("an archive from before there were pages has its handouts wait for them", "[store]") {
    Handouts archive;
    archive.forget_documents();
    Catalog migrated(archive.folder.catalog_file(), Catalog::Access::write);
    CHECK(migrated.documents.of(MaterialId("plan"))->state == Document::State::waiting);
    CHECK(migrated.documents.all().size() == 1);
    CHECK(migrated.broken_rows().empty());
}

TEST_CASE("a page whose picture is gone is told", "[store]") {
    Handouts archive;
    archive.make_pages();
    const auto pages = archive.folder.pages() / "file-1";
    std::filesystem::create_directories(pages);
    std::ofstream(archive.folder.materials() / "file-1") << "bytes";
    for (const int number : {1, 2}) {
        std::ofstream(pages / picture_name(number)) << "picture";
    }
    CHECK(check(archive.catalog, archive.folder) == std::vector<std::string>{});
    std::filesystem::remove(pages / "page-0002.jpg");
    CHECK(check(archive.catalog, archive.folder) ==
          std::vector<std::string>{"material plan: its page " + (pages / "page-0002.jpg").string() + " is missing"});
}
