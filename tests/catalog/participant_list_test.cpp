#include "catalog/participant_list.h"

#include <catch2/catch.hpp>

using namespace catalog;

namespace {

const std::vector<Municipality> some{
    {"131016", "千代田区", "", "Chiyoda-ku", "ward", "区部", 1},
    {"131024", "中央区", "", "Chuo-ku", "ward", "区部", 2},
    {"131164", "豊島区", "", "Toshima-ku", "ward", "区部", 3},
    {"132047", "三鷹市", "", "Mitaka-shi", "city", "多摩", 4},
    {"132241", "多摩市", "", "Tama-shi", "city", "多摩", 5},
    {"133078", "檜原村", "", "Hinohara-mura", "village", "多摩", 6},
    {"133086", "奥多摩町", "", "Okutama-machi", "town", "多摩", 7},
    {"133621", "利島村", "", "Toshima-mura", "village", "島しょ", 8},
    {"134023", "青ヶ島村", "", "Aogashima-mura", "village", "島しょ", 9},
};

Participants read(const std::string& list) { return read_participants(list, some).value(); }

/// Of who calls themselves so; the whole answer is for one.
Participants of(const std::string& name, const std::string& address = "") {
    return read("名前,メール\n\"" + name + "\"," + address + "\n");
}

Participants found(const std::string& code) { return {{{code, 1}}, {}}; }

} // namespace

TEST_CASE("a meeting's list is read with the lines about it above", "[catalog]") {
    const std::string list =
        "\xEF\xBB\xBFミーティングID,トピック,開始時刻,終了時刻,ユーザーのメール,時間(分),参加者\r\n"
        "999 9999 9999,第2回,2021/10/27 13:00:00,2021/10/27 16:30:00,jimukyoku@city.mitaka.lg.jp,210,6\r\n"
        "\r\n"
        "名前（元の名前）,メール,参加時刻,退出時刻,時間(分),ゲスト,レコーディングへの同意,待機室\r\n"
        "千代田区 環境課 山田,,2021/10/27 13:20,2021/10/27 13:40,20,はい,,いいえ\r\n"
        "千代田区 環境課 山田,,2021/10/27 13:41,2021/10/27 16:31,170,はい,,いいえ\r\n"
        "千代田区　企画課　佐藤,sato@example.jp,2021/10/27 13:20,,1,はい,,いいえ\r\n"
        "佐藤(中央区),sato@example.jp,2021/10/27 13:50,,1,はい,,いいえ\r\n"
        "鈴木 中央区,suzuki@example.jp,2021/10/27 13:50,,1,はい,,いいえ\r\n"
        "中央区 田中,,2021/10/27 13:10,,3,はい,,はい\r\n"
        "講師A,,2021/10/27 13:50,,1,はい,,いいえ\r\n"
        "千代田区と中央区,,2021/10/27 13:50,,1,はい,,いいえ\r\n";
    const Participants expected{{{"131016", 2}, {"131024", 1}},
                                {{"講師A", {}}, {"千代田区と中央区", {}}}};
    CHECK(read(list) == expected);
}

TEST_CASE("an English list is read in each of its forms", "[catalog]") {
    const Participants one = found("131024");
    CHECK(read("Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room\n"
               "中央区 田中,t@example.jp,1,2,3,Yes,,No\n中央区 森,,1,2,3,Yes,,Yes\n") == one);
    CHECK(read("Name (Original Name),User Email,Total Duration (Minutes),Guest\n中央区 田中,t@example.jp,3,Yes\n") == one);
    CHECK(read("Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n第2回,9,三鷹市,5,1,2,1\n\n"
               "Name (original name),Email,Total duration (minutes),Guest\n中央区 田中,,3,Yes\n") == one);
    // The host stands in each line.
    CHECK(read("Topic,Meeting ID,User Name,User Email,Participants,Name (Original Name),User Email,Join Time\n"
               "第2回,9,三鷹市,h@city.mitaka.lg.jp,1,田中,t@city.chuo.lg.jp,1\n") == one);
}

TEST_CASE("a webinar's list counts who came, in each of its parts", "[catalog]") {
    const std::string list = "出席者レポート\n"
                             "レポートの生成日時:,2021/10/28\n"
                             "トピック,ウェビナーID,実際の開始時刻,登録者数\n"
                             "第2回,9,2021/10/27 13:00,4\n"
                             "パネリストの詳細,\n"
                             "出席済み,ユーザー名（元の名前）,メール,参加時刻\n"
                             "はい,三鷹市 木村,k@example.jp,1\n"
                             "出席者の詳細,\n"
                             "出席済み,ユーザー名（元の名前）,名,姓,メール,登録時刻\n"
                             "はい,千代田区 山田,太郎,山田,y@example.jp,1\n"
                             "いいえ,千代田区 森,花,森,m@example.jp,1\n";
    CHECK(read(list) == Participants{{{"131016", 1}, {"132047", 1}}, {}});
    CHECK(read("Attendee Details,\nAttended,User Name (Original Name),First Name,Last Name,Email\n"
               "Yes,Chiyoda City Yamada,Taro,Yamada,\nNo,Chuo City Mori,Hana,Mori,\n") == found("131016"));
}

TEST_CASE("participants are read from a list in Shift_JIS", "[catalog]") {
    // 名前,メール / 千代田区 山田,
    const std::string list = "\x96\xBC\x91\x4F,\x83\x81\x81\x5B\x83\x8B\r\n"
                             "\x90\xE7\x91\xE3\x93\x63\x8B\xE6 \x8E\x52\x93\x63,\r\n";
    CHECK(read(list) == found("131016"));
}

TEST_CASE("a municipality is told from a name, else from whose mail it is", "[catalog]") {
    CHECK(of("青ケ島村総務課") == found("134023"));
    CHECK(of("桧原村　企画") == found("133078"));
    CHECK(of("奥多摩町") == found("133086"));
    CHECK(of("Yamada (Chiyoda-ku)") == found("131016"));
    CHECK(of("MITAKASHI yamada") == found("132047"));
    CHECK(of("Toshima City 1") == found("131164"));
    CHECK(of("Toshima village 1") == found("133621"));
    CHECK(of("山田", "yamada@city.chiyoda.lg.jp") == found("131016"));
    CHECK(of("山田", "Y@Kankyo.City.Chiyoda.Tokyo.jp") == found("131016"));
    CHECK(of("山田", "y@vill.toshima.tokyo.jp") == found("133621"));
    CHECK(of("中央区 山田", "y@city.chiyoda.lg.jp") == found("131024"));
}

TEST_CASE("what is not sure is proposed, and left to somebody who looks", "[catalog]") {
    const auto proposed = [](const std::string& name, std::optional<std::string> code) {
        return Participants{{}, {{name, std::move(code)}}};
    };
    CHECK(of("三鷹 太郎") == proposed("三鷹 太郎", "132047"));
    CHECK(of("奥多摩 山田") == proposed("奥多摩 山田", std::nullopt));
    CHECK(of("Namekawa") == proposed("Namekawa", std::nullopt));
    CHECK(of("Mitaka Taro") == proposed("Mitaka Taro", std::nullopt));
    CHECK(of("山田", "y@city.chuo.yamanashi.jp") == proposed("山田", std::nullopt));
    CHECK(of("山田", "y@notcity.chiyoda.lg.jp") == proposed("山田", std::nullopt));
}

TEST_CASE("what is no list of participants is refused", "[catalog]") {
    const auto refused = [](const std::string& list) {
        return read_participants(list, some).error().kind == Refusal::invalid;
    };
    CHECK(refused(""));
    CHECK(refused("a,b\n1,2\n"));
    CHECK(refused("\xFF\xFF\xFF"));
    CHECK(refused("名前,メール\n"));
    CHECK(refused("名前\n千代田区 山田\n\"中央区 佐藤\n三鷹市 森\n"));
}

TEST_CASE("a list that cannot be one of Zoom's is not looked through for long", "[catalog]") {
    std::string wide = "名前,メール\n";
    for (int cell = 0; cell < 100'000; ++cell)
        wide += "a,";
    CHECK(read(wide + "\n") == Participants{{}, {{"a", {}}}});
    std::string people = "名前\n";
    for (int person = 0; person < 20'000; ++person)
        people += "中央区 " + std::to_string(person) + "\n";
    CHECK(read_participants(people, some).error().kind == Refusal::too_large);
}
