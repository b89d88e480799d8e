#include "catalog/store/watch_report.h"
#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

using namespace catalog;
using namespace catalog::store;
using namespace std::chrono_literals;

namespace {

const time::Zone& tokyo() {
    static const auto zone = time::Zone::named("Asia/Tokyo").value();
    return zone;
}

void add_recorded(Catalog& catalog, Video video, std::chrono::milliseconds duration) {
    auto recording = sample_recording("rec-" + video.id.text());
    recording.duration = duration;
    catalog.recordings.add(recording);
    video.recording = recording.id;
    video.published = true;
    catalog.videos.put(video);
}

/// A session with its record, a lecture, a stream of next year, a draft.
struct Year : Sample {
    Year() {
        Session session;
        session.id = SessionId("second");
        session.title = "適応策分科会 第2回";
        session.status = SessionStatus::held;
        session.when.precision = SessionDate::Precision::day;
        session.when.first_day = std::chrono::year(2021) / 10 / 27;
        catalog.sessions.put(session);
        auto record = sample_video("record");
        record.kind = Video::Kind::record;
        record.session = session.id;
        record.span = Span{60s, 160s};
        add_recorded(catalog, record, 400s);
        auto lecture = sample_video("lecture");
        lecture.window = AvailabilityWindow{day_one, std::nullopt};
        add_recorded(catalog, lecture, 300s);
        auto stream = sample_video("stream");
        stream.kind = Video::Kind::live;
        stream.live = LivePlan{};
        // 1 April 2022 in Tokyo, still March in UTC.
        stream.live->start = std::chrono::sys_days(std::chrono::year(2022) / 3 / 31) + 15h;
        stream.published = true;
        catalog.videos.put(stream);
        catalog.videos.put(sample_video("draft"));
    }

    void add_viewer(const std::string& name, const Department& department) {
        REQUIRE(catalog.accounts.add({AccountId(name), name, Role::viewer, department}, "hash").has_value());
    }

    void watch(const std::string& who, const std::string& video, const Span& played) {
        WatchStore::Report report{AccountId(who), VideoId(video), {}, day_one};
        report.played.add(played);
        catalog.watching.add(report);
    }

    WatchReport report(int year = 2021) {
        return report_of_year(catalog, std::chrono::year(year), tokyo());
    }
};

const ReportRow& row_of(const WatchReport& report, const std::string& code,
                        const std::string& department = "") {
    const auto is_it = [&](const ReportRow& row) {
        return row.municipality.code == code && row.department == department;
    };
    return *std::ranges::find_if(report.rows, is_it);
}

} // namespace

TEST_CASE("a report has a column for each session and video of its year, and all municipalities", "[store]") {
    Year archive;
    const auto report = archive.report();
    CHECK(report.year == 2021);
    CHECK(report.years == std::vector{2022, 2021});
    REQUIRE(report.columns.size() == 3);
    CHECK(report.columns[0] == ReportColumn{std::nullopt, "second", "適応策分科会 第2回", {}, "2021-10-27", {}});
    CHECK(report.columns[1].id == "record");
    CHECK(report.columns[1].session == SessionId("second"));
    CHECK(report.columns[1].length == 100s);
    CHECK(report.columns[2].id == "lecture");
    REQUIRE(report.rows.size() == 62);
    CHECK(report.rows.front().cells == std::vector<Figures>(3));
    CHECK(report.totals == std::vector<Figures>(3));
    const auto next = archive.report(2022);
    REQUIRE(next.columns.size() == 1);
    CHECK(next.columns.front().kind == Video::Kind::live);
    CHECK(next.rows.front().cells.front().live == 0);
    CHECK(archive.report(2035).columns.empty());
    CHECK(archive.report(2035).rows.size() == 62);
}

TEST_CASE("a report tells departments apart and adds them up", "[store]") {
    Year archive;
    auto& watching = archive.catalog.watching;
    archive.add_viewer("hana", {"131016", "環境課"});
    archive.add_viewer("taro", {"131016", "企画課"});
    archive.add_viewer("jiro", {"131024", "環境課"});
    archive.watch("hana", "record", {60s, 140s});
    archive.watch("taro", "record", {60s, 139s});
    // What lies behind the end of the span does not count.
    archive.watch("jiro", "record", {155s, 190s});
    archive.watch("hana", "lecture", {0s, 10s});
    REQUIRE(watching.set_people(AccountId("hana"), VideoId("record"), 12).has_value());
    watching.set_attendance(SessionId("second"), WayToAttend::venue, {{"131016", 2}});
    watching.replace_attendance(SessionId("second"), WayToAttend::zoom, {{"131016", 3}, {"131024", 1}});
    const auto report = archive.report();
    CHECK(report.rows.size() == 65);
    CHECK(row_of(report, "131016").cells ==
          std::vector<Figures>{{2, 3, {}, 0, 0, 0}, {0, 0, {}, 12, 2, 159}, {0, 0, {}, 0, 1, 10}});
    CHECK(row_of(report, "131016", "環境課").cells ==
          std::vector<Figures>{{}, {0, 0, {}, 12, 1, 80}, {0, 0, {}, 0, 1, 10}});
    CHECK(row_of(report, "131016", "企画課").total == Figures{0, 0, {}, 0, 1, 79});
    CHECK(row_of(report, "131024").total == Figures{0, 1, {}, 0, 1, 5});
    CHECK(report.totals ==
          std::vector<Figures>{{2, 4, {}, 0, 0, 0}, {0, 0, {}, 12, 3, 164}, {0, 0, {}, 0, 1, 10}});
    CHECK(report.total == Figures{2, 4, {}, 12, 4, 174});
}

TEST_CASE("a stream that is trimmed keeps what was watched of it before", "[store]") {
    Year archive;
    archive.add_viewer("hana", {"131016", "環境課"});
    auto stream = *archive.catalog.videos.find(VideoId("stream"));
    stream.recording = RecordingId("rec-lecture");
    archive.catalog.videos.put(stream);
    WatchStore::Report report{AccountId("hana"), stream.id, {}, day_one, WatchStore::While::streamed};
    report.played.add({0s, 90s});
    archive.catalog.watching.add(report);
    const auto figures = [&archive] { return row_of(archive.report(2022), "131016").cells.front(); };
    CHECK(figures() == Figures{0, 0, 1, 0, 1, 0, 90});
    stream.span = Span{30s, 100s};
    archive.catalog.videos.put(stream);
    CHECK(figures() == Figures{0, 0, 1, 0, 1, 0, 60});
    stream.span = Span{0s, 100s};
    archive.catalog.videos.put(stream);
    CHECK(figures() == Figures{0, 0, 1, 0, 1, 0, 90});
    // Who goes on with the recording has watched both together.
    WatchStore::Report later{AccountId("hana"), stream.id, {}, day_one + 1min};
    later.played.add({85s, 86s});
    archive.catalog.watching.add(later);
    CHECK(figures() == Figures{0, 0, 1, 1, 1, 1, 90});
}

TEST_CASE("a report tells of how many municipalities nobody took part, and who opened handouts", "[store]") {
    Year archive;
    archive.add_viewer("hana", {"131016", "環境課"});
    archive.add_viewer("taro", {"131024", "企画課"});
    Material slides;
    slides.id = MaterialId("slides");
    slides.title = "説明資料";
    slides.session = SessionId("second");
    archive.catalog.materials.put(slides);
    archive.catalog.watching.add_opened(AccountId("hana"), slides.id, day_one);
    archive.watch("taro", "lecture", {0s, 1s});
    archive.catalog.watching.set_attendance(SessionId("second"), WayToAttend::venue, {{"131032", 2}});
    const auto report = archive.report();
    CHECK(row_of(report, "131016", "環境課").cells.front() == Figures{.openers = 1});
    CHECK(report.total.openers == 1);
    CHECK(report.absent == std::vector{60, 62, 61});
    CHECK(report.absent_from_all == 59);
}

namespace {

constexpr int viewers = 10'000;
constexpr int length_s = 2700;

/// A viewer's evening, a second at a time: tabs that play at some speed, seeks, pauses; reports every
/// half minute. `seen` is the count that no bitmap made.
class Evening {
  public:
    Evening(Year& archive, std::string who, unsigned seed)
        : archive_(archive), who_(std::move(who)), random_(seed) {
        tabs_.resize(roll(4) == 0 ? 2 : 1);
        // Two tabs at full speed would be faster than anybody watches.
        for (auto& tab : tabs_)
            tab = {roll(3) == 0 ? roll(length_s) : 0, tabs_.size() > 1 ? 1 : 1 + roll(2)};
        minutes_ = roll(5) == 0 ? 48 : 1 + roll(30);
    }

    void pass() {
        for (int second = 1; second <= minutes_ * 60; ++second) {
            for (auto& tab : tabs_)
                play(tab);
            if (second % 30 == 0)
                report(second);
        }
    }

    std::int64_t count() const { return std::ranges::count(seen_, true); }

  private:
    struct Tab {
        int at;
        int speed;
    };

    int roll(int sides) { return std::uniform_int_distribution(0, sides - 1)(random_); }

    void play(Tab& tab) {
        if (roll(240) == 0)
            tab.at = roll(length_s);
        if (tab.at >= length_s || roll(60) == 0)
            return;
        const int end = std::min(tab.at + tab.speed, length_s);
        unsent_.push_back({std::chrono::seconds(tab.at), std::chrono::seconds(end)});
        for (; tab.at < end; ++tab.at)
            seen_[static_cast<std::size_t>(tab.at)] = true;
    }

    void report(int second) {
        WatchStore::Report report{AccountId(who_), VideoId("long"), {},
                                  day_one + std::chrono::seconds(second)};
        for (const auto& span : unsent_)
            report.played.add(span);
        unsent_.clear();
        archive_.catalog.watching.add(report);
    }

    Year& archive_;
    std::string who_;
    std::mt19937 random_;
    std::vector<Tab> tabs_;
    int minutes_ = 0;
    std::vector<Span> unsent_;
    std::vector<bool> seen_ = std::vector<bool>(length_s);
};

} // namespace

TEST_CASE("a report of ten thousand viewers is right to the second", "[store]") {
    Year archive;
    auto video = sample_video("long");
    video.window = AvailabilityWindow{day_one, std::nullopt};
    add_recorded(archive.catalog, video, std::chrono::seconds(length_s));
    const auto municipalities = archive.catalog.municipalities.all();
    std::map<Department, Figures> expected;
    archive.catalog.transaction([&] {
        for (int number = 0; number < viewers; ++number) {
            const auto of = static_cast<std::size_t>(number);
            const auto name = "viewer-" + std::to_string(number);
            const Department department{municipalities[of % 61].code, of % 3 == 0 ? "環境課" : "企画課"};
            archive.add_viewer(name, department);
            const int people = number % 10 == 0 ? 2 + number % 7 : 1;
            if (people > 1)
                REQUIRE(archive.catalog.watching.set_people(AccountId(name), video.id, people).has_value());
            Evening evening(archive, name, static_cast<unsigned>(number));
            evening.pass();
            const auto seconds = evening.count();
            expected[department] += {.watched_people = seconds * 5 >= length_s * 4 ? people : 0,
                                     .viewers = 1,
                                     .seconds = seconds};
        }
    });
    const auto report = archive.report();
    const auto is_it = [](const ReportColumn& column) { return column.id == "long"; };
    const auto at = static_cast<std::size_t>(std::ranges::find_if(report.columns, is_it) - report.columns.begin());
    Figures total;
    for (const auto& [department, figures] : expected) {
        INFO(department.municipality << " " << department.name);
        CHECK(row_of(report, department.municipality, department.name).cells[at] == figures);
        total += figures;
    }
    CHECK(total.watched_people > 500);
    CHECK(report.totals[at] == total);
    CHECK(report.rows.back().cells[at] == Figures());
}
