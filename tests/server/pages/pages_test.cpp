#include "server/pages/atom_feed.h"
#include "server/pages/calendar.h"
#include "server/pages/desk_page.h"
#include "server/pages/home_page.h"
#include "server/pages/material_page.h"
#include "server/pages/schedule.h"
#include "server/pages/session_page.h"
#include "server/pages/watch_page.h"
#include "tests/support/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using catalog::time::parse_rfc3339;
using namespace server::pages;

namespace {

catalog::time::UtcTime at(std::string_view text) { return parse_rfc3339(text).value(); }

constexpr std::string_view demo_now = "2021-10-25T09:00:00+09:00";

catalog::Viewer anonymous() { return {}; }

catalog::Viewer staff(std::vector<catalog::SeriesId> registered = {}) {
    return {catalog::Viewer::Kind::staff, catalog::AccountId("chiyoda"), "chiyoda",
            catalog::Department{"131016", "環境課"}, std::move(registered)};
}

catalog::Viewer secretariat() {
    return {catalog::Viewer::Kind::secretariat, catalog::AccountId("clerk"), "clerk", {}, {}};
}

/// A small site: a lecture for everybody, one for registered departments, a cancelled session.
struct SmallSite {
    SmallSite() {
        settings.name = "記録";
        settings.contact = "事務局";
        catalog.series.put({catalog::SeriesId("lectures"), "動画講演", catalog::Audience::everybody, {}, {}, 1});
        catalog.series.put({catalog::SeriesId("adaptation"), "適応策分科会", catalog::Audience::registered, {}, {}, 2});
        put_sessions();
        put_videos();
        catalog.notices.put({catalog::NoticeId("n-1"), 2021y / 10 / 22, "資料を掲載", "", {"handout", "lec-01", "gone"}});
        catalog.notices.put({catalog::NoticeId("n-2"), 2021y / 10 / 1, "見学会の中止", "", {}});
    }

    void put_sessions() {
        catalog::Session second;
        second.id = catalog::SessionId("second");
        second.series = catalog::SeriesId("adaptation");
        second.kind = "subcommittee";
        second.title = "適応策分科会 第2回";
        second.status = catalog::SessionStatus::scheduled;
        second.when.precision = catalog::SessionDate::Precision::minute;
        second.when.first_day = 2021y / 10 / 27;
        second.when.reception = at("2021-10-27T13:00:00+09:00");
        second.when.start = at("2021-10-27T13:30:00+09:00");
        second.when.end = at("2021-10-27T16:30:00+09:00");
        second.participation = {"venue", "zoom"};
        second.items = {{catalog::ProgrammeItemId("i"), "presentation", "発表", "取組の発表", "講師", "", {"一つめ"}}};
        catalog.sessions.put(second);
        catalog::Session cancelled;
        cancelled.id = catalog::SessionId("visit");
        cancelled.series = catalog::SeriesId("adaptation");
        cancelled.kind = "site_visit";
        cancelled.title = "現地見学会";
        cancelled.status = catalog::SessionStatus::cancelled;
        cancelled.when.precision = catalog::SessionDate::Precision::range;
        cancelled.when.first_day = 2021y / 9 / 1;
        cancelled.when.last_day = 2021y / 10 / 31;
        cancelled.when.label = "9〜10月頃";
        cancelled.replaced_by = {catalog::SessionId("second")};
        catalog.sessions.put(cancelled);
        catalog::Material handout;
        handout.id = catalog::MaterialId("handout");
        handout.session = catalog::SessionId("second");
        handout.title = "配付資料";
        handout.format = "pdf";
        handout.audience = catalog::Audience::everybody;
        handout.window = catalog::AvailabilityWindow{{}, at("2021-10-27T17:00:00+09:00")};
        catalog.materials.put(handout);
        catalog.materials.set_file(handout.id, {"file", "資料.pdf", 10}, {});
    }

    void put_videos() {
        catalog::Video lecture;
        lecture.id = catalog::VideoId("lec-01");
        lecture.series = catalog::SeriesId("lectures");
        lecture.number = 1;
        lecture.title = "</script><script>alert(1)</script>";
        lecture.speaker = "講師A";
        lecture.published = true;
        lecture.window = catalog::AvailabilityWindow{at("2021-06-29T00:00:00+09:00"),
                                                     at("2021-12-29T00:00:00+09:00")};
        lecture.chapters = {{0ms, "はじめに"}, {45s, "取組例"}};
        catalog.videos.put(lecture);
        catalog::Video record = lecture;
        record.id = catalog::VideoId("rec-01");
        record.kind = catalog::Video::Kind::record;
        record.series = catalog::SeriesId("adaptation");
        record.title = "第1回 記録動画";
        record.window.reset();
        catalog.videos.put(record);
        record.id = catalog::VideoId("draft");
        record.published = false;
        catalog.videos.put(record);
    }

    /// What `make` answers to `viewer` at `now`.
    template <class Make>
    server::http::Reply look(const catalog::Viewer& viewer, std::string_view now, Make make) {
        const Visit visit{share, settings, zone, viewer, at(now), "https://kiroku.example.jp:8443", "/here", {}};
        return make(Library(catalog, table, visit));
    }

    server::http::Reply watch(const std::string& id, const catalog::Viewer& viewer, std::string_view now,
                              Look how = Look::viewing) {
        return look(viewer, now, [&](const Library& library) {
            return watch_page(library, catalog::VideoId(id), how);
        });
    }

    test::TemporaryFolder folder;
    catalog::store::Catalog catalog{folder / "catalog.sqlite", catalog::store::Catalog::Access::write};
    server::play::PlayTable table{folder.path()};
    server::Settings::Site settings;
    catalog::time::Zone zone = catalog::time::Zone::named("Asia/Tokyo").value();
    Share share{SHARE_FOLDER};
};

std::string html_of(const server::http::Reply& reply) { return std::get<std::string>(reply.body); }

bool holds(const server::http::Reply& reply, std::string_view text) {
    return html_of(reply).find(text) != std::string::npos;
}

} // namespace

TEST_CASE("the home page tells deadlines, news and the year", "[pages]") {
    SmallSite site;
    const auto home = site.look(anonymous(), demo_now, home_page);
    CHECK(home.status == server::http::Status::ok);
    CHECK(holds(home, R"(<span class="left-days">64</span>)"));
    CHECK(holds(home, "12月28日(火)まで"));
    CHECK(holds(home, "<s>9〜10月頃</s>"));
    CHECK(holds(home, R"(振替： <a href="/sessions/second">適応策分科会 第2回</a>)"));
    CHECK(holds(home, "あと2日"));
    CHECK(holds(home, "2021年度(令和3年度)"));
    // The badge is the first notice's alone, and a link to what is not there is left out.
    CHECK(html_of(home).find(">NEW<") == html_of(home).rfind(">NEW<"));
    CHECK(holds(home, R"(<a href="/sessions/second#materials">配付資料</a>)"));
}

TEST_CASE("what a viewer has not watched yet stands first, and how much was is told in words", "[pages]") {
    SmallSite site;
    const catalog::AccountId chiyoda("chiyoda");
    REQUIRE(site.catalog.accounts
                .add({chiyoda, "chiyoda", catalog::Role::viewer, catalog::Department{"131016", "環境課"}}, "hash")
                .has_value());
    catalog::Recording recording;
    recording.id = catalog::RecordingId("rec");
    recording.state = catalog::Recording::State::ready;
    recording.duration = 100s;
    site.catalog.recordings.add(recording);
    auto lecture = *site.catalog.videos.find(catalog::VideoId("lec-01"));
    lecture.recording = recording.id;
    lecture.title = "先に終わる講演";
    site.catalog.videos.put(lecture);
    lecture.id = catalog::VideoId("lec-02");
    lecture.title = "後で終わる講演";
    lecture.window->closes = at("2022-03-01T00:00:00+09:00");
    site.catalog.videos.put(lecture);
    const auto home = [&](const catalog::Viewer& viewer) { return html_of(site.look(viewer, demo_now, home_page)); };
    const auto is_first = [](const std::string& text, const std::string& one, const std::string& other) {
        return text.find(one) < text.find(other);
    };
    const auto watch = [&](std::chrono::seconds begin, std::chrono::seconds end, std::chrono::minutes later) {
        catalog::store::WatchStore::Report report{chiyoda, catalog::VideoId("lec-01"), {}, at(demo_now) + later};
        report.played.add({begin, end});
        site.catalog.watching.add(report);
    };
    CHECK(home(staff()).find("未視聴") != std::string::npos);
    CHECK(home(anonymous()).find("未視聴") == std::string::npos);
    watch(0s, 42s, 0min);
    CHECK(home(staff()).find("42%視聴") != std::string::npos);
    CHECK(is_first(home(staff()), "先に終わる講演", "後で終わる講演"));
    watch(42s, 80s, 1min);
    const auto text = home(staff());
    CHECK(text.find("視聴済み") != std::string::npos);
    CHECK(is_first(text, "後で終わる講演", "先に終わる講演"));
    CHECK(text.find("まだ見ていないものを先に") != std::string::npos);
    CHECK(is_first(home(anonymous()), "先に終わる講演", "後で終わる講演"));
    CHECK(is_first(home(secretariat()), "先に終わる講演", "後で終わる講演"));
}

TEST_CASE("an ended lecture leaves the list and stays below it", "[pages]") {
    SmallSite site;
    const auto home = site.look(anonymous(), "2021-12-29T00:00:00+09:00", home_page);
    CHECK(holds(home, "公開中の動画講演はありません"));
    CHECK(holds(home, "公開を終えた動画講演(1本)"));
    CHECK(holds(home, "12月28日(火)で公開終了"));
}

TEST_CASE("the watch page answers with the status of the one decision", "[pages]") {
    using server::http::Status;
    struct Case {
        std::string video;
        catalog::Viewer viewer;
        std::string_view now;
        Status status;
        std::string_view words;
    };
    const auto [video, viewer, now, status, words] = GENERATE(
        Case{"lec-01", anonymous(), "2021-06-28T23:59:59+09:00", Status::forbidden, "6月29日(火)0:00に公開します"},
        Case{"lec-01", anonymous(), "2021-06-29T00:00:00+09:00", Status::ok, "12月28日(火)まで"},
        Case{"lec-01", anonymous(), "2021-12-28T23:59:59+09:00", Status::ok, "本日まで"},
        Case{"lec-01", anonymous(), "2021-12-29T00:00:00+09:00", Status::gone, "事務局へお問い合わせください"},
        Case{"rec-01", anonymous(), demo_now, Status::unauthorized, "/sign-in?next=%2Fhere"},
        Case{"rec-01", staff(), demo_now, Status::forbidden, "「適応策分科会」に参加登録されていません"},
        Case{"rec-01", staff({catalog::SeriesId("adaptation")}), demo_now, Status::ok, "動画を準備しています"},
        Case{"draft", secretariat(), demo_now, Status::not_found, "ページが見つかりません"},
        Case{"nowhere", anonymous(), demo_now, Status::not_found, "ページが見つかりません"});
    SmallSite site;
    const auto page = site.watch(video, viewer, now);
    CHECK(page.status == status);
    CHECK(holds(page, words));
}

TEST_CASE("the secretariat looks at a draft through its preview", "[pages]") {
    SmallSite site;
    const auto page = site.watch("draft", secretariat(), demo_now, Look::preview);
    CHECK(page.status == server::http::Status::ok);
    CHECK(holds(page, R"(href="/desk/videos/draft")"));
}

TEST_CASE("a title cannot leave its place in a page", "[pages]") {
    SmallSite site;
    const auto page = site.watch("lec-01", anonymous(), demo_now);
    CHECK_FALSE(holds(page, "<script>alert"));
    CHECK(holds(page, "&lt;/script&gt;&lt;script&gt;alert(1)"));

    const catalog::Viewer viewer;
    const Visit visit{site.share, site.settings, site.zone, viewer, at(demo_now), "https://kiroku.example.jp", "/", {}};
    const auto data = page_data(visit, "watch", {{"title", "</script><script>alert(1)</script>"}});
    CHECK(data.find('<') == std::string::npos);
    CHECK(nlohmann::json::parse(data).at("title") == "</script><script>alert(1)</script>");
    CHECK(nlohmann::json::parse(data).at("texts").at("player.play") == "再生");
}

TEST_CASE("a session's page tells its programme, and its materials until they close", "[pages]") {
    SmallSite site;
    const auto session = [](const Library& library) {
        return session_page(library, catalog::SessionId("second"));
    };
    const auto open = site.look(anonymous(), "2021-10-27T16:59:59+09:00", session);
    CHECK(holds(open, "10月27日(水) 13:30〜16:30"));
    CHECK(holds(open, "受付開始 13:00"));
    CHECK(holds(open, "会場参加、Zoom参加"));
    CHECK(holds(open, "<li>一つめ</li>"));
    CHECK(holds(open, R"(<a href="/sessions/visit">現地見学会</a>)"));
    CHECK(holds(open, R"(<a href="/materials/handout" download data-link-until-then>配付資料</a>)"));
    CHECK(holds(open, "10月27日(水)17:00まで"));

    const auto closed = site.look(anonymous(), "2021-10-27T17:00:00+09:00", session);
    CHECK_FALSE(holds(closed, "/materials/handout"));
    CHECK(holds(closed, "10月27日(水)17:00で公開終了"));
}

TEST_CASE("a handout is read page by page in its window, or says why it has no pages", "[pages]") {
    SmallSite site;
    const auto read = [&site](Reading reading, std::string_view now) {
        const auto make = [reading](const Library& library) {
            return material_page(library, catalog::MaterialId("handout"), reading);
        };
        return site.look(anonymous(), now, make);
    };
    CHECK(holds(read(Reading::pictures, demo_now), "ページを準備しています"));
    REQUIRE(site.catalog.documents.finish(site.catalog.documents.lease("me", at(demo_now), 1min).value(), "me", {{1440, 810, "<b>一"}, {1440, 810, ""}}).has_value());
    const auto pictures = read(Reading::pictures, demo_now);
    CHECK(holds(pictures, R"(<img src="/materials/handout/pages/1.jpg" width="1440" height="810" loading="eager")"));
    CHECK(holds(pictures, "&lt;b&gt;一"));
    CHECK(holds(pictures, "2ページ目の画像。読み取れる文字はありません。"));
    CHECK(holds(pictures, R"(data-changes="2021-10-27T08:00:00Z" data-changed-words="10月27日(水)17:00で公開終了")"));
    CHECK_FALSE(holds(read(Reading::text, demo_now), "<img"));
    const auto session = [](const Library& library) { return session_page(library, catalog::SessionId("second")); };
    CHECK(holds(site.look(anonymous(), demo_now, session),
                R"(<a href="/materials/handout/pages" data-until-then aria-label="ページを見る「配付資料」">)"));
    CHECK(read(Reading::pictures, "2021-10-27T17:00:00+09:00").status == server::http::Status::gone);
    CHECK_FALSE(holds(site.look(anonymous(), "2021-10-27T17:00:00+09:00", session), "/materials/handout/pages"));
}

TEST_CASE("an entry of a list tells when it changes, and what it says from then on", "[pages]") {
    SmallSite site;
    const auto home = [&site](std::string_view now) { return site.look(anonymous(), now, home_page); };
    CHECK(holds(home(demo_now), R"(data-changes="2021-12-28T15:00:00Z" data-changed-words="12月28日(火)で公開終了")"));
    CHECK(holds(home("2021-06-28T23:59:59+09:00"),
                R"(data-changes="2021-06-28T15:00:00Z" data-changed-words="12月28日(火)まで")"));
}

TEST_CASE("the desk is the secretariat's alone", "[pages]") {
    SmallSite site;
    const auto desk = [](const Library& library) { return desk_page(library, catalog::VideoId()); };
    CHECK(site.look(secretariat(), demo_now, desk).status == server::http::Status::ok);
    CHECK(site.look(staff(), demo_now, desk).status == server::http::Status::forbidden);
    const auto sent_on = site.look(anonymous(), demo_now, desk);
    CHECK(sent_on.status == server::http::Status::see_other);
    CHECK(sent_on.fields == "Location: /sign-in?next=%2Fhere\r\n");
}

TEST_CASE("the report is one of the desk's places", "[pages]") {
    SmallSite site;
    const auto report = [](const Library& library) { return desk_page(library, catalog::VideoId(), "report"); };
    CHECK(site.look(anonymous(), demo_now, report).status == server::http::Status::see_other);
    CHECK(site.look(staff(), demo_now, report).status == server::http::Status::forbidden);
    CHECK(holds(site.look(secretariat(), demo_now, report), R"("place":"report")"));
}

TEST_CASE("signing in leads back to an address of ours and to no other", "[pages]") {
    SmallSite site;
    const auto next = GENERATE(as<std::string>(), "//elsewhere.example", "/\\elsewhere.example",
                               "https://elsewhere.example", "/desk\r\nX: y", "");
    const auto page = site.look(secretariat(), demo_now, [&](const Library& library) {
        return sign_in_page(library, next);
    });
    CHECK(page.fields == "Location: /\r\n");
}

TEST_CASE("the calendar keeps its events when they change", "[pages]") {
    SmallSite site;
    const auto whole = [](const Library& library) { return calendar(library, {}); };
    const auto first = html_of(site.look(anonymous(), demo_now, whole));
    CHECK(first.starts_with("BEGIN:VCALENDAR\r\n"));
    CHECK(first.ends_with("END:VCALENDAR\r\n"));
    CHECK(first.find("UID:session-second@kiroku.example.jp\r\n") != std::string::npos);
    CHECK(first.find("DTSTART:20211027T043000Z\r\nDTEND:20211027T073000Z\r\n") != std::string::npos);
    CHECK(first.find("SEQUENCE:0\r\nSTATUS:CONFIRMED\r\n") != std::string::npos);
    CHECK(first.find("session-visit") == std::string::npos);  // on no day yet

    auto session = *site.catalog.sessions.find(catalog::SessionId("second"));
    site.catalog.sessions.put(session);
    CHECK(html_of(site.look(anonymous(), demo_now, whole)) == first);
    session.status = catalog::SessionStatus::cancelled;
    session.cancel_reason = "大雪, 交通の乱れ; 中止";
    session.when.precision = catalog::SessionDate::Precision::day;
    session.venue = "とても長い名前の会場、とても長い名前の会場、とても長い名前の会場、とても長い名前の会場";
    site.catalog.sessions.put(session);
    const auto second = html_of(site.look(anonymous(), demo_now, whole));
    CHECK(second.find("UID:session-second@kiroku.example.jp\r\n") != std::string::npos);
    CHECK(second.find("SEQUENCE:1\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20211027\r\nDTEND;VALUE=DATE:20211028\r\n") !=
          std::string::npos);
    CHECK(second.find("SUMMARY:【中止】適応策分科会 第2回\r\n") != std::string::npos);
    CHECK(second.find("大雪\\, 交通の乱れ\\; 中止\\n") != std::string::npos);
    for (std::size_t at = 0; at < second.size();) {
        const auto end = second.find("\r\n", at);
        REQUIRE(end != std::string::npos);
        CHECK(end - at <= 75);
        // Folded between letters: no line begins inside one.
        CHECK((static_cast<unsigned char>(second[at + (second[at] == ' ' ? 1 : 0)]) & 0xC0U) != 0x80U);
        at = end + 2;
    }
    const auto alone = site.look(anonymous(), demo_now, [](const Library& library) {
        return calendar(library, catalog::SessionId("visit"));
    });
    CHECK(alone.status == server::http::Status::not_found);
}

TEST_CASE("an earlier year keeps its sessions and lectures", "[pages]") {
    SmallSite site;
    const auto home = site.look(anonymous(), "2022-05-01T09:00:00+09:00", home_page);
    CHECK(holds(home, R"(<a href="/years/2021">2021年度(令和3年度)</a>)"));
    CHECK_FALSE(holds(home, "適応策分科会 第2回"));
    const auto year = [&](std::string_view which) {
        return site.look(anonymous(), "2022-05-01T09:00:00+09:00",
                         [&](const Library& library) { return year_page(library, which); });
    };
    const auto page = year("2021");
    CHECK(page.status == server::http::Status::ok);
    CHECK(holds(page, "適応策分科会 第2回"));
    CHECK(holds(page, "12月28日(火)で公開終了"));
    for (const std::string_view wrong : {"2020", "", "x", "2021x", "99999999999999"}) {
        CHECK(year(wrong).status == server::http::Status::not_found);
    }
}

TEST_CASE("the feed tells news and what has opened, the newest first", "[pages]") {
    SmallSite site;
    const auto feed = html_of(site.look(anonymous(), demo_now, atom_feed));
    CHECK(feed.find("<id>tag:kiroku.example.jp,2021:notice/n-1</id>") != std::string::npos);
    CHECK(feed.find("<updated>2021-10-21T15:00:00Z</updated>") != std::string::npos);
    CHECK(feed.find(R"(href="https://kiroku.example.jp:8443/sessions/second#materials")") != std::string::npos);
    CHECK(feed.find("動画を公開：&lt;/script&gt;&lt;script&gt;") != std::string::npos);
    CHECK(feed.find("notice/n-1") < feed.find("notice/n-2"));
    CHECK(feed.find("notice/n-2") < feed.find("video/lec-01"));
    CHECK(feed.find("video/draft") == std::string::npos);
    const auto earlier = html_of(site.look(anonymous(), "2021-06-28T23:59:59+09:00", atom_feed));
    CHECK(earlier.find("<entry>") == std::string::npos);
    const auto later = html_of(site.look(anonymous(), "2021-12-29T00:00:00+09:00", atom_feed));
    CHECK(later.find("video/lec-01") == std::string::npos);
}
