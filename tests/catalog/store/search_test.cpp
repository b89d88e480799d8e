#include "catalog/store/search.h"

#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;
using catalog::search::SearchQuery;

namespace {

std::string text_of(const search::Passages& passages) {
    std::string text;
    for (const auto& passage : passages) {
        text += passage.is_hit ? "[" + passage.text + "]" : passage.text;
    }
    return text;
}

const Viewer nobody;
const Viewer staff{Viewer::Kind::staff, AccountId("a"), "a", Department{"131016", "環境課"}, {}};

struct Archive : Sample {
    Archive() {
        Session session;
        session.id = SessionId("ses-01");
        session.title = "第1回適応策分科会";
        session.items.push_back({.id = ProgrammeItemId("item-1"),
                                 .kind = "lecture",
                                 .kind_label = "講演",
                                 .title = "暑熱対策の進め方",
                                 .speaker = "山田 花子",
                                 .note = "",
                                 .sub_items = {"\"緑陰\"の効果", "ミスト"}});
        catalog.sessions.put(session);
        put_video("lec-01", "脱炭素社会の市区町村", Audience::everybody);
        put_video("lec-02", "職員だけの講演", Audience::staff);
        put_captions("lec-01", {"はじめに暑熱のお話です。", "次はゼロカー\nボンです。", "暑熱は終わり。", "暑熱。", "暑熱、再び。"});
        put_captions("lec-02", {"暑熱の職員向けのお話。"});
        catalog.notices.put({NoticeId("n-1"), std::chrono::year(2021) / 10 / 20, "資料を掲載しました",
                             "暑熱対策の資料です。", {}});
        catalog.notices.put({NoticeId("n-2"), std::chrono::year(2021) / 12 / 1, "先のお知らせ暑熱", "", {}});
    }

    void put_video(const std::string& id, const std::string& title, Audience audience) {
        Video video = sample_video(id);
        video.title = title;
        video.speaker = "鈴木 一郎";
        video.description = "ヒートアイランドの説明";
        video.published = true;
        video.audience = audience;
        video.window = AvailabilityWindow{};
        video.chapters = {{90s, "導入"}, {10min, "ヒートアイランドの章"}};
        catalog.videos.put(video);
    }

    void put_captions(const std::string& id, const std::vector<std::string>& texts) {
        CaptionTrack track{VideoId(id), "ja", "日本語", {}};
        for (const auto& text : texts) {
            const auto start = 10s * (static_cast<int>(track.cues.size()) + 1);
            track.cues.push_back({start, start + 5s, text});
        }
        catalog.captions.put(track);
    }

    Findings find(const std::string& typed, const Viewer& viewer = nobody) {
        return store::search(catalog, SearchQuery(typed), viewer, day_one,
                             std::chrono::year(2021) / 10 / 25);
    }

    std::vector<std::string> subjects(const std::string& typed, const Viewer& viewer = nobody) {
        std::vector<std::string> ids;
        for (const auto& finding : find(typed, viewer).found) {
            ids.push_back(finding.subject);
        }
        std::ranges::sort(ids);
        return ids;
    }
};

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("titles, speakers, programmes, news and speech are found", "[store][search]") {
    Archive archive;
    CHECK(archive.subjects("脱炭素") == Ids{"lec-01"});
    CHECK(archive.subjects("鈴木") == Ids{"lec-01", "lec-02"});
    CHECK(archive.subjects("適応") == Ids{"ses-01"});
    CHECK(archive.subjects("緑陰") == Ids{"ses-01"});
    CHECK(archive.subjects("ﾐｽﾄ") == Ids{"ses-01"});
    CHECK(archive.subjects("暑熱") == Ids{"lec-01", "n-1", "ses-01"});
    CHECK(archive.subjects("暑熱 山田") == Ids{"ses-01"});
    CHECK(archive.subjects("どこにもない") == Ids{});
    CHECK(archive.subjects("\"OR\" NEAR( *") == Ids{});

    const auto spoken = archive.find("ぜろかーぼん");
    REQUIRE(spoken.found.size() == 1);
    CHECK(text_of(spoken.found[0].title) == "脱炭素社会の市区町村");
    REQUIRE(spoken.found[0].moments.size() == 1);
    CHECK(spoken.found[0].moments[0].at == 20s);
    CHECK(text_of(spoken.found[0].moments[0].words) == "次は[ゼロカー ボン]です。");

    const auto session = archive.find("山田");
    REQUIRE(session.found.size() == 1);
    CHECK(text_of(session.found[0].text).starts_with("暑熱対策の進め方 講演 [山田] 花子"));
}

TEST_CASE("of many moments the first are told, and how many more there are", "[store][search]") {
    Archive archive;
    for (const auto& finding : archive.find("暑熱").found) {
        if (finding.subject == "lec-01") {
            REQUIRE(finding.moments.size() == 3);
            CHECK(finding.moments[0].at == 10s);
            CHECK(finding.moments[2].at == 40s);
            CHECK(finding.more_moments == 1);
        }
    }
}

TEST_CASE("only what a viewer may see is found", "[store][search]") {
    Archive archive;
    // Its title stands in lists, what is said in it does not.
    CHECK(archive.subjects("職員") == Ids{"lec-02"});
    CHECK(archive.subjects("職員向け") == Ids{});
    CHECK(archive.subjects("職員向け", staff) == Ids{"lec-02"});
    CHECK(archive.subjects("ヒートアイランド") == Ids{"lec-01"});
    CHECK(archive.subjects("ヒートアイランド", staff) == Ids{"lec-01", "lec-02"});
    CHECK(archive.subjects("先のお知らせ") == Ids{});

    auto video = *archive.catalog.videos.find(VideoId("lec-01"));
    video.window = AvailabilityWindow{std::nullopt, day_one};
    archive.catalog.videos.put(video);
    CHECK(archive.subjects("ゼロカーボン") == Ids{});
    CHECK(archive.subjects("脱炭素") == Ids{"lec-01"});
    Material handout;
    handout.id = MaterialId("handout");
    handout.video = VideoId("lec-01");
    handout.title = "配付資料";
    archive.catalog.materials.put(handout);
    CHECK(archive.subjects("配付") == Ids{"handout"});
    video.published = false;
    archive.catalog.videos.put(video);
    CHECK(archive.subjects("脱炭素") == Ids{});
    CHECK(archive.subjects("配付") == Ids{});
}

TEST_CASE("a catalog from before there was a search can be searched", "[store][search]") {
    Archive archive;
    archive.forget_search();
    Catalog migrated(archive.folder.catalog_file(), Catalog::Access::write);
    const auto found = [&](const std::string& typed) {
        return store::search(migrated, SearchQuery(typed), nobody, day_one, {}).found.size();
    };
    CHECK(found("脱炭素") == 1);
    CHECK(found("緑陰") == 1);
    CHECK(found("導入") == 1);
    CHECK(found("ゼロカーボン") == 1);
    CHECK(migrated.broken_rows().empty());
}

TEST_CASE("the index follows every change", "[store][search]") {
    Archive archive;
    auto video = *archive.catalog.videos.find(VideoId("lec-01"));
    video.title = "新しい題名";
    archive.catalog.videos.put(video);
    CHECK(archive.subjects("脱炭素") == Ids{});
    CHECK(archive.subjects("新しい") == Ids{"lec-01"});
    archive.put_captions("lec-01", {"差し替えた字幕。"});
    CHECK(archive.subjects("ゼロカーボン") == Ids{});
    CHECK(archive.subjects("差し替え") == Ids{"lec-01"});
    auto session = *archive.catalog.sessions.find(SessionId("ses-01"));
    session.items.clear();
    archive.catalog.sessions.put(session);
    CHECK(archive.subjects("緑陰") == Ids{});
    REQUIRE(archive.catalog.videos.remove(VideoId("lec-01")).has_value());
    CHECK(archive.subjects("差し替え 字幕") == Ids{});
    CHECK(archive.subjects("新しい") == Ids{});
    // A video of the same name later has captions of its own.
    archive.put_video("lec-01", "また", Audience::everybody);
    archive.put_captions("lec-01", {"別の字幕。"});
    CHECK(archive.subjects("字幕") == Ids{"lec-01"});
    CHECK(archive.find("字幕").found[0].moments.size() == 1);
    CHECK(archive.catalog.broken_rows().empty());
}
