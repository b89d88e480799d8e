#include "server/handover/hand_over.h"
#include "server/http/file_name.h"
#include "tests/server/support/played_archive.h"

#include <catch2/catch.hpp>

namespace server::handover {

namespace {

using namespace std::chrono_literals;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;
using catalog::media::MediaPlaylist;

/// A data folder with a recording of five segments that a video shows a span of.
struct Site {
    test::TemporaryFolder place;
    catalog::store::DataFolder data{place / "data"};
    catalog::Video video;

    Site() {
        create(data);
        catalog::store::Catalog catalog(data.catalog_file(), catalog::store::Access::write);
        catalog::Recording recording;
        recording.id = catalog::RecordingId("rec");
        recording.source = "source.mp4";
        recording.source_bytes = 6;
        recording.state = catalog::Recording::State::ready;
        recording.duration = 30s;
        catalog.recordings.add(recording);
        video.id = catalog::VideoId("clip");
        video.title = "<b>抜粋</b>";
        video.recording = recording.id;
        video.span = catalog::Span{7s, 13s};
        catalog.videos.put(video);
        write_media();
    }

    void write_media() const {
        using namespace catalog::media;
        fs::create_directories(data.media() / "rec");
        const MultivariantPlaylist main{
            {{"a64", "ja", "日本語", 2, AudioRendition::Choice::standard}},
            {{"v360", {1000, 900}, "avc1.64001E,mp4a.40.2", {{640, 360, "10.000"}}}}};
        place.write("data/media/rec/main.m3u8", to_file_text(main));
        place.write("data/media/rec/source.mp4", "source");
        place.write("data/media/rec/.kiroku-transcoder", "ours");
        for (const std::string name : {"v360", "a64"}) {
            place.write("data/media/rec/" + name + ".mp4", std::string(5100, 'x'));
            write_index(test::played::track(name, 5, MediaPlaylist::Age::ended));
        }
    }

    void write_index(const MediaPlaylist& playlist) const {
        const auto name = fs::path(playlist.file).stem().string();
        place.write("data/media/rec/" + name + ".m3u8", to_file_text(playlist));
    }

    Report hand_over() const {
        return handover::hand_over({.folder = data,
                                    .target = place / "out",
                                    .share = SHARE_FOLDER,
                                    .site = {},
                                    .now = test::played::at("2022-03-31T17:00:00+09:00")});
    }

    std::string read(const std::string& name) const { return place.read("out/" + name); }
};

} // namespace

TEST_CASE("a span is handed over by playlists of its own, which name the recording's bytes",
          "[handover]") {
    Site site;
    CHECK(site.hand_over().left_out.empty());
    auto expected = test::played::track("v360", 5, MediaPlaylist::Age::ended);
    expected.file = "../../recordings/rec/v360.mp4";
    expected.first_number = 1;
    expected.segments = {expected.segments[1], expected.segments[2]};
    CHECK(site.read("videos/clip/v360.m3u8") == to_file_text(expected));
    CHECK(site.read("videos/clip/main.m3u8") == site.read("recordings/rec/main.m3u8"));
    const auto page = site.read("videos/clip.html");
    CHECK_THAT(page, Contains("<source src=\"../videos/clip/main.m3u8\""));
    CHECK_THAT(page, Contains("&lt;b&gt;抜粋&lt;/b&gt;") && !Contains("<b>"));
    CHECK_FALSE(fs::exists(site.place / "out/recordings/rec/source.mp4"));
    CHECK_FALSE(fs::exists(site.place / "out/recordings/rec/.kiroku-transcoder"));
}

TEST_CASE("the reports of all years go along: as a page, for spreadsheets, and in the catalog's JSON", "[handover]") {
    Site site;
    {
        catalog::store::Catalog catalog(site.data.catalog_file(), catalog::store::Access::write);
        catalog::Session session;
        session.id = catalog::SessionId("first");
        session.kind = "meeting";
        session.title = "キックオフ <会議>";
        session.when.precision = catalog::SessionDate::Precision::day;
        session.when.first_day = std::chrono::year(2020) / 6 / 1;
        catalog.sessions.put(session);
        catalog.watching.set_attendance(session.id, catalog::WayToAttend::venue, {{"131016", 3}});
    }
    site.hand_over();
    CHECK_THAT(site.read("index.html"), Contains("<a href=\"reports/2020.html\">2020年度(令和2年度) 視聴の報告</a>") &&
                                            Contains("<a href=\"reports/2020.csv\">CSV</a>"));
    const auto page = site.read("reports/2020.html");
    CHECK_THAT(page, Contains("キックオフ &lt;会議&gt; 会場(人)") &&
                         Contains("<td>131016</td><th scope=\"row\">千代田区</th><td>(全体)</td><td>3</td>") &&
                         Contains("会場に来た人数。事務局が入力した数です。"));
    CHECK_THAT(site.read("reports/2020.csv"), Contains("131016,千代田区,(全体),3,0,0\r\n") && Contains("数え方"));
    CHECK_THAT(site.read("catalog.json"), Contains("\"table\": \"reports/2020.csv\""));
    CHECK_THAT(site.read("checksums.sha256"), Contains("reports/2020.csv") && Contains("reports/2020.html"));
}

TEST_CASE("the first page groups what belongs to a series, by itself or by its session, and marks drafts",
          "[handover]") {
    Site site;
    {
        catalog::store::Catalog catalog(site.data.catalog_file(), catalog::store::Access::write);
        catalog.series.put({catalog::SeriesId("s"), "分科会", catalog::Audience::staff, {}, {}, 1});
        catalog::Session session;
        session.id = catalog::SessionId("first");
        session.series = catalog::SeriesId("s");
        session.kind = "subcommittee";
        session.title = "第1回";
        catalog.sessions.put(session);
        catalog::Video record;
        record.id = catalog::VideoId("record");
        record.session = session.id;
        record.title = "記録動画";
        record.published = true;
        catalog.videos.put(record);
    }
    site.hand_over();
    const auto index = site.read("index.html");
    const auto videos = index.substr(index.find("<h2 id=\"videos\">"));
    const auto group = videos.find("<h3>分科会</h3>");
    const auto record = videos.find("<a href=\"videos/record.html\">記録動画</a>");
    const auto others = videos.find("<h3>そのほか</h3>");
    const auto clip = videos.find("<a href=\"videos/clip.html\">");
    const auto draft = videos.find("下書き");
    CHECK(group < record);
    CHECK(record < others);
    CHECK(others < clip);
    CHECK(clip < draft);
    CHECK(draft != std::string::npos);
}

TEST_CASE("a span that begins after another init section names that one", "[handover]") {
    Site site;
    auto whole = test::played::track("v360", 5, MediaPlaylist::Age::ended);
    // From the second segment on, with an init section of 200 bytes before it.
    for (std::size_t at = 1; at < whole.segments.size(); ++at) {
        whole.segments[at].bytes.offset += 200;
    }
    whole.segments[1].head.begins_at = test::played::at("2021-10-27T13:10:00+09:00");
    whole.segments[1].head.init = catalog::media::ByteRange{1100, 200};
    whole.segments[1].head.continuity = catalog::media::SegmentHead::Continuity::breaks;
    site.place.write("data/media/rec/v360.mp4", std::string(5300, 'x'));
    site.write_index(whole);
    site.hand_over();
    const auto span = site.read("videos/clip/v360.m3u8");
    CHECK_THAT(span, Contains("BYTERANGE=\"200@1100\"") && !Contains("100@0") &&
                         !Contains("DISCONTINUITY"));
}

TEST_CASE("a handover needs a folder of its own, and leaves nothing where it cannot be made",
          "[handover]") {
    Site site;
    SECTION("something is there") {
        fs::create_directory(site.place / "out");
        site.place.write("out/letter", "dear");
        CHECK_THROWS_WITH(site.hand_over(), Contains("not empty"));
        CHECK(site.read("letter") == "dear");
    }
    SECTION("a recording is not what the catalog says") {
        site.place.remove("data/media/rec/v360.mp4");
        CHECK_THROWS_WITH(site.hand_over(), Contains("v360.m3u8"));
        CHECK_FALSE(fs::exists(site.place / "out"));
    }
    CHECK_FALSE(fs::exists(site.place / "out.partial"));
}

TEST_CASE("names are what people wrote, as far as any file system takes it", "[handover]") {
    const auto [wish, name] = GENERATE(table<std::string, std::string>({
        {"議事次第.pdf", "議事次第.pdf"},
        {"a/b\\c:d*e?f\"g<h>i|j.pdf", "a_b_c_d_e_f_g_h_i_j.pdf"},
        {"two\nlines\t.pdf", "two_lines_.pdf"},
        {"../../etc/passwd", "_.._etc_passwd"},
        {" . name . ", "name"},
        {"...", "file"},
        {"", "file"},
        {std::string(400, 'a') + ".pdf", std::string(150, 'a') + ".pdf"},
        // Three bytes a letter: none is cut through.
        {std::string(149, 'a') + "議事.pdf", std::string(149, 'a') + ".pdf"},
    }));
    CHECK(server::http::readable_name(wish) == name);
}

TEST_CASE("two files of one name, in letters of either case, get two", "[handover]") {
    Contents contents;
    for (const char* id : {"one", "two", "three"}) {
        catalog::Material material;
        material.id = catalog::MaterialId(id);
        material.file = id;
        material.file_name = material.id.text() == "two" ? "PLAN.pdf" : "Plan.pdf";
        contents.materials.push_back(material);
    }
    contents.materials.emplace_back().title = "has no file";
    const FileNames names(contents);
    CHECK(names.file_of(contents.materials[0]) == "materials/Plan.pdf");
    CHECK(names.file_of(contents.materials[1]) == "materials/PLAN (2).pdf");
    CHECK(names.file_of(contents.materials[2]) == "materials/Plan (3).pdf");
    CHECK(names.file_of(contents.materials[3]).empty());
    CHECK(address("materials/a b#1.pdf", 1) == "../materials/a%20b%231.pdf");
}

} // namespace server::handover
