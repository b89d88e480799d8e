#include "catalog/desk_table/cells.h"
#include "catalog/desk_table/programme_table.h"
#include "catalog/desk_table/registration_table.h"
#include "catalog/desk_table/session_table.h"

#include <catch2/catch.hpp>

using namespace catalog;
using namespace catalog::desk_table;
using namespace std::chrono_literals;
using namespace std::string_literals;
using std::chrono::year;

namespace {

const auto zone = time::Zone::named("Asia/Tokyo").value();

std::vector<Series> series() {
    Series meeting;
    meeting.id = SeriesId("meeting");
    meeting.title = "62市区町村ミーティング";
    Series mitigation;
    mitigation.id = SeriesId("mitigation");
    mitigation.title = "緩和策分科会";
    return {meeting, mitigation};
}

Session kickoff() {
    Session session;
    session.id = SessionId("kick");
    session.series = SeriesId("meeting");
    session.kind = "meeting";
    session.title = "=キックオフ";
    session.status = SessionStatus::scheduled;
    session.when = {SessionDate::Precision::minute, year(2021) / 6 / 29, {}, zone.to_utc({year(2021) / 6 / 29, 13h}),
                    zone.to_utc({year(2021) / 6 / 29, 13h + 30min}), {}, ""};
    session.venue = "東京区政会館, 20階";
    session.participation = {"venue", "zoom"};
    session.description = "1行目\n2行目";
    session.items = {{ProgrammeItemId("i"), "lecture", "講演", "講演", "", "", {}}};
    return session;
}

Session later() {
    Session session;
    session.id = SessionId("later");
    session.kind = "site_visit";
    session.title = "現地見学会";
    session.status = SessionStatus::cancelled;
    session.when.label = "11〜12月頃";
    session.replaced_by = {SessionId("kick")};
    return session;
}

const std::vector<Session> known{kickoff(), later()};

SessionReading read(const std::string& table) { return read_sessions(table, known, series(), zone).value(); }

std::vector<std::string> said(const std::vector<TableMistake>& mistakes) {
    std::vector<std::string> all;
    for (const auto& mistake : mistakes) {
        all.push_back(std::to_string(mistake.line) + ": " + mistake.message);
    }
    return all;
}

} // namespace

TEST_CASE("the schedule that was written is read back as what is so already", "[catalog]") {
    const auto table = sessions_csv(known, series(), zone);
    CHECK(table.starts_with("\xEF\xBB\xBF会合ID,シリーズ,"));
    CHECK(table.find("'=キックオフ") != std::string::npos);
    const auto reading = read(table);
    CHECK(reading.unchanged == 2);
    CHECK(reading.changes.empty());
    CHECK(reading.mistakes.empty());
}

TEST_CASE("a line with an id changes that session, and leaves what it does not name", "[catalog]") {
    const auto reading = read("題名,会合ID,日付,開始,終了,状態\r\n=キックオフ,kick,2021/7/1,14:00,１６:00,開催済み\r\n");
    REQUIRE(reading.changed.size() == 1);
    const auto& session = reading.changed.front();
    CHECK(session.when.first_day == time::Date(year(2021) / 7 / 1));
    CHECK(session.when.start == zone.to_utc({year(2021) / 7 / 1, 14h}));
    CHECK(session.when.end == zone.to_utc({year(2021) / 7 / 1, 16h}));
    CHECK(session.status == SessionStatus::held);
    CHECK(session.venue == kickoff().venue);
    CHECK(session.items == kickoff().items);
    const auto& change = reading.changes.front();
    CHECK(change.line == 2);
    CHECK(change.kind == TableChange::Kind::changed);
    CHECK(change.cells == std::vector<CellChange>{{"状態", "開催予定", "開催済み"},
                                                  {"日付", "2021-06-29", "2021-07-01"},
                                                  {"受付", "13:00", ""},
                                                  {"開始", "13:30", "14:00"},
                                                  {"終了", "", "16:00"}});
}

TEST_CASE("a line without an id is a new session, as vague as it is", "[catalog]") {
    const auto reading = read("会合ID,シリーズ,種類,題名,日付,終わりの日,日時の表示,参加方法\n"
                              ",緩和策分科会,分科会,第3回,,,12月頃,会場参加、Zoom参加\n"
                              ",mitigation,,第4回,2022-02-01,2022-02-10,,\n");
    REQUIRE(reading.changed.size() == 2);
    CHECK(reading.changed[0].series == SeriesId("mitigation"));
    CHECK(reading.changed[0].kind == "subcommittee");
    CHECK(reading.changed[0].when.precision == SessionDate::Precision::unknown);
    CHECK(reading.changed[0].when.label == "12月頃");
    CHECK(reading.changed[0].participation == std::vector{"venue"s, "zoom"s});
    CHECK(reading.changed[1].when.precision == SessionDate::Precision::range);
    CHECK(reading.changes[1].kind == TableChange::Kind::added);
    CHECK(reading.changes[1].line == 3);
}

TEST_CASE("each mistake of a schedule is named by its line", "[catalog]") {
    const auto reading = read("会合ID,題名,シリーズ,状態,日付,終わりの日,開始,終了,回,参加方法,振替先の会合ID\r\n"
                              "nothing,a,,,,,,,,,\r\n"
                              ",\"題\r\n名\",知らない会,,,,,,,,\r\n"
                              ",a,,延期,,,,,,,\r\n"
                              ",a,,,6月29日,,,,,,\r\n"
                              ",a,,,2021-06-29,,26:00,,,,\r\n"
                              ",a,,,2021-06-29,,14:00,13:00,,,\r\n"
                              ",a,,,2021-06-29,2021-06-28,,,,,\r\n"
                              ",a,,,,,14:00,,,,\r\n"
                              ",a,,,,,,,zero,,\r\n"
                              ",a,,,,,,,,FAX,\r\n"
                              ",,会,,,,,,,,\r\n"
                              "later,現地見学会,,,,,,,,,later\r\n"
                              "later,現地見学会,,,,,,,,,\r\n");
    CHECK(said(reading.mistakes) ==
          std::vector{"2: 「nothing」という会合はありません。新しい会合は、会合IDを空欄にしてください。"s,
                      "3: 「知らない会」というシリーズはありません。"s,
                      "5: 状態は「調整中」「開催予定」「開催済み」「中止」のどれかにしてください。"s,
                      "6: 日付「6月29日」を読めません。2021/10/29のように書いてください。"s,
                      "7: 開始「26:00」を読めません。13:30のように書いてください。"s,
                      "8: 受付、開始、終了の順になっていません。"s,
                      "9: 終わりの日は、日付より後にしてください。"s,
                      "10: 時刻だけでなく、日付も入れてください。"s,
                      "11: 回は1から999までの数にしてください。"s,
                      "12: 参加方法に「FAX」はありません。"s,
                      "13: 題名は1文字以上200文字以内で入力してください。"s,
                      "15: 「later」の会合が2度書かれています。"s,
                      "14: 振替先「later」という会合はありません。"s});
}

TEST_CASE("what is no table of sessions is refused", "[catalog]") {
    const auto refused = [](const std::string& table) {
        return read_sessions(table, known, series(), zone).error().message;
    };
    CHECK(refused("") == "ファイルに何も書かれていません。");
    CHECK(refused("会合ID,日付\n") == "1行目：「題名」の列がありません。");
    CHECK(refused("題名,色\n") == "1行目：「色」という列はありません。");
    CHECK(refused("題名,題名\n") == "1行目：「題名」の列が2つあります。");
    CHECK(refused("題名\na,b\n") == "2行目：列の名前がない欄に「b」があります。");
}

TEST_CASE("a table is read in the encodings that offices write", "[catalog]") {
    // 題名 / 第3回, in CP932.
    const auto reading = read("\x91\xe8\x96\xbc\r\n\x91\xe6\x33\x89\xf1\r\n");
    REQUIRE(reading.changed.size() == 1);
    CHECK(reading.changed.front().title == "第3回");
}

TEST_CASE("days and times are read as people type them", "[catalog]") {
    const auto day = time::Date(year(2021) / 6 / 29);
    for (const auto* text : {"2021-06-29", "2021/6/29", "2021年6月29日", "２０２１／６／２９"}) {
        CHECK(date_in(text) == day);
    }
    for (const auto* text : {"", "6/29", "2021-02-30", "2021/6-29", "2021年6月29", "21/6/29"}) {
        CHECK_FALSE(date_in(text).has_value());
    }
    CHECK(time_of_day_in("9:05") == 9h + 5min);
    CHECK(time_of_day_in("13:30:00") == 13h + 30min);
    CHECK(time_of_day_in("１３時３０分") == 13h + 30min);
    CHECK(time_of_day_in("13時") == 13h);
    CHECK(time_of_day_in("24:00") == 24h);
    for (const auto* text : {"", "24:01", "13:60", "13", "13:3x", "13:30:15", "13時30"}) {
        CHECK_FALSE(time_of_day_in(text).has_value());
    }
    CHECK(words_in("会場参加、 Zoom参加;a/b\n") == std::vector{"会場参加"s, "Zoom参加"s, "a"s, "b"s});
}

namespace {

KnownRegistrations registrations() {
    return {{{{"131016", "環境課"}, SeriesId("mitigation")}, {{"131024", "＝課"}, SeriesId("mitigation")}},
            {{"131016", "千代田区", "", "", "ward", "区部", 1}, {"131024", "中央区", "", "", "ward", "区部", 2}},
            series()};
}

} // namespace

TEST_CASE("registrations that were written are read back as what is so already", "[catalog]") {
    const auto table = registrations_csv(registrations());
    const auto reading = read_registrations(table, registrations(), Unnamed::removed).value();
    CHECK(reading.unchanged == 2);
    CHECK(reading.changes.empty());
    CHECK(reading.mistakes.empty());
}

TEST_CASE("registrations are added, and those that are not named go where that is wanted", "[catalog]") {
    const std::string table = "市区町村,部署,シリーズ\n千代田区,環境課,緩和策分科会\n中央区,環境課,meeting\n";
    const Registration fresh{{"131024", "環境課"}, SeriesId("meeting")};
    const auto kept = read_registrations(table, registrations(), Unnamed::kept).value();
    CHECK(kept.added == std::vector{fresh});
    CHECK(kept.removed.empty());
    CHECK(kept.unchanged == 1);
    const auto replaced = read_registrations(table, registrations(), Unnamed::removed).value();
    CHECK(replaced.added == std::vector{fresh});
    CHECK(replaced.removed == std::vector{registrations().registrations[1]});
    CHECK(replaced.changes ==
          std::vector<TableChange>{
              {3, TableChange::Kind::added, "中央区 環境課", {{"シリーズ", "", "62市区町村ミーティング"}}},
              {0, TableChange::Kind::removed, "中央区 ＝課", {{"シリーズ", "緩和策分科会", ""}}}});
}

TEST_CASE("each mistake of registrations is named by its line", "[catalog]") {
    const auto reading = read_registrations("団体コード,市区町村,部署,シリーズ\n"
                                            "999999,,環境課,mitigation\n"
                                            "131016,中央区,環境課,mitigation\n"
                                            ",,環境課,mitigation\n"
                                            "131016,,,mitigation\n"
                                            "131016,,環境課 / 山田,mitigation\n"
                                            "131016,,環境課,知らない会\n",
                                            registrations(), Unnamed::removed)
                             .value();
    CHECK(said(reading.mistakes) == std::vector{"2: 「999999」の市区町村はありません。"s,
                                                "3: 団体コード131016は千代田区です。「中央区」と合いません。"s,
                                                "4: 団体コードか市区町村を入れてください。"s,
                                                "5: 部署は100文字までの1行で入れてください。「 / 」は使えません。"s,
                                                "6: 部署は100文字までの1行で入れてください。「 / 」は使えません。"s,
                                                "7: 「知らない会」というシリーズはありません。"s});
}

namespace {

ProgrammeItem item(const std::string& id, const std::string& title) {
    return {ProgrammeItemId(id), "lecture", "講演", title, "", "", {}};
}

/// Two sessions that share a block.
std::vector<Session> with_programmes() {
    auto first = kickoff();
    first.items = {item("a", "開会"), item("b", "=講演"), item("shared", "補助事業")};
    first.items[1].speaker = "田中, 太郎";
    first.items[1].sub_items = {"一、二", "三/四"};
    auto second = later();
    second.items = {item("shared", "補助事業"), item("z", "講評")};
    second.items[1].kind = "comment";
    second.items[1].kind_label = "講評";
    return {first, second};
}

ProgrammeReading programmes(const std::string& table, Unnamed unnamed = Unnamed::kept) {
    return read_programmes(table, with_programmes(), unnamed).value();
}

std::vector<std::string> titles(const Session& session) {
    std::vector<std::string> all;
    for (const auto& each : session.items)
        all.push_back(each.title);
    return all;
}

using Titles = std::vector<std::string>;
const std::string head = "会合ID,順,項目ID,種類,題名,登壇者\n";

} // namespace

TEST_CASE("a table of programmes that comes back as it went out changes nothing", "[catalog]") {
    const auto table = programmes_csv(with_programmes());
    CHECK(table.find("kick,'=キックオフ,2,b,講演,'=講演,\"田中, 太郎\",,\"一、二\n三/四\"\r\n") != std::string::npos);
    const auto reading = programmes(table, Unnamed::removed);
    CHECK(said(reading.mistakes).empty());
    CHECK(reading.changed.empty());
    CHECK(reading.changes.empty());
    CHECK(reading.unchanged == 5);
}

TEST_CASE("items are added where their lines stand, changed, and keep what no column names", "[catalog]") {
    const auto reading = programmes(head + "kick,1,a,講演,開会,\nkick,,,発表,取組の発表,佐藤\nkick,2,b,対話,講演(改),田中\n");
    CHECK(said(reading.mistakes).empty());
    REQUIRE(reading.changed.size() == 1);
    const auto& session = reading.changed[0];
    CHECK(titles(session) == Titles{"開会", "取組の発表", "講演(改)", "補助事業"});
    CHECK(session.items[1].kind == "presentation");
    CHECK_FALSE(session.items[1].id.empty());
    CHECK(session.items[2].id == ProgrammeItemId("b"));
    CHECK(session.items[2].kind == "dialogue");
    CHECK(session.items[2].sub_items == Titles{"一、二", "三/四"});
    CHECK(reading.unchanged == 1);
    CHECK(reading.changes ==
          std::vector<TableChange>{
              {3, TableChange::Kind::added, "=キックオフ 取組の発表",
               {{"種類", "", "発表"}, {"題名", "", "取組の発表"}, {"登壇者", "", "佐藤"}}},
              {4, TableChange::Kind::changed, "=キックオフ 講演(改)",
               {{"種類", "講演", "対話"}, {"題名", "=講演", "講演(改)"}, {"登壇者", "田中, 太郎", "田中"}}}});
}

TEST_CASE("a number says the order, and moves are told", "[catalog]") {
    const auto reading = programmes(head + "kick,3,a,講演,開会,\nkick,1,b,講演,=講演,\"田中, 太郎\"\nkick,2,shared,講演,補助事業,\n");
    REQUIRE(reading.changed.size() == 1);
    CHECK(titles(reading.changed[0]) == Titles{"=講演", "補助事業", "開会"});
    REQUIRE(reading.changes.size() == 3);
    CHECK(reading.changes[2].title == "=キックオフ 開会");
    CHECK(reading.changes[2].cells == std::vector<CellChange>{{"順", "1", "3"}});
}

TEST_CASE("items that a table does not name stay, or go where that is asked; other sessions stay", "[catalog]") {
    const auto table = head + "kick,,shared,講演,補助事業,\n";
    CHECK(programmes(table).changed.empty());
    const auto reading = programmes(table, Unnamed::removed);
    REQUIRE(reading.changed.size() == 1);
    CHECK(titles(reading.changed[0]) == Titles{"補助事業"});
    REQUIRE(reading.changes.size() == 2);
    CHECK(reading.changes[0].kind == TableChange::Kind::removed);
    CHECK(reading.changes[0].line == 0);
    CHECK(reading.changes[0].title == "=キックオフ 開会");
    // A session by its title; an item that is new takes the place that its number says, among those that stay.
    const auto by_title = programmes("会合,題名\n現地見学会,閉会\n");
    REQUIRE(by_title.changed.size() == 1);
    CHECK(by_title.changed[0].id == SessionId("later"));
    CHECK(titles(by_title.changed[0]) == Titles{"補助事業", "講評", "閉会"});
}

TEST_CASE("mistakes in a table of programmes are named by their lines", "[catalog]") {
    const auto reading = programmes(head + "none,1,,講演,a,\nkick,0,a,講演,開会,\nkick,1,z,講演,講評,\nkick,1,b,講演,,\nkick,1,b,講演,b,\nkick,2,b,講演,b,\n,1,,講演,c,\n");
    CHECK(said(reading.mistakes) ==
          std::vector<std::string>{"2: 「none」という会合はありません。", "3: 順は1から999までの数にしてください。",
                                   "4: この会合に「z」という項目はありません。新しい項目は、項目IDを空欄にしてください。",
                                   "5: 題名を入力してください。", "6: 「b」の項目が2度書かれています。", "7: 「b」の項目が2度書かれています。",
                                   "8: 会合IDか会合の題名を入力してください。"});
    CHECK(read_programmes("会合,日付\n", with_programmes(), Unnamed::kept).has_error());
}
