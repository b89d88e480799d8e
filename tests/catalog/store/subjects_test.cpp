#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>

namespace catalog::store {

using namespace std::chrono_literals;

namespace {

Session sample_session() {
    Session session;
    session.id = SessionId("adaptation-2021-2");
    session.series = SeriesId("adaptation");
    session.kind = "subcommittee";
    session.number = 2;
    session.title = "適応策分科会 第2回";
    session.description = "'); DROP TABLE session; --";
    session.status = SessionStatus::cancelled;
    session.when = {SessionDate::Precision::minute,
                    2021y / 10 / 27,
                    std::nullopt,
                    day_one + 4h,
                    day_one + 5h,
                    day_one + 6h,
                    "10月27日(水)"};
    session.venue = "KFC Hall";
    session.venue_address = "墨田区";
    session.participation = {"venue", "zoom"};
    session.items = {
        {ProgrammeItemId("ada2-1"), "presentation", "発表", "取組", "講師", "注", {"一", "二"}},
        {ProgrammeItemId("shared"), "announcement", "案内", "補助事業", "", "", {}}};
    session.replaced_by = {SessionId("later"), SessionId("adaptation-2021-2")};
    session.cancel_reason = "感染症";
    return session;
}

Video full_video() {
    Video video = sample_video();
    video.kind = Video::Kind::live;
    video.series = SeriesId("adaptation");
    video.session = SessionId("s");
    video.number = 1;
    video.speaker = "講師A";
    video.field = "環境・企画";
    video.description = std::string("ゼロ\0カーボン", 19);
    video.published = true;
    video.audience = Audience::everybody;
    video.window = AvailabilityWindow{std::nullopt, day_one};
    video.recording = RecordingId("rec");
    video.span = Span{1s, 2s};
    video.planned_duration = 2760s;
    video.chapters = {{0ms, "はじめに"}, {45s, "取組例", ProgrammeItemId("item-2")}};
    video.live = LivePlan{day_one, day_one + 1h, std::nullopt, "2022年1月頃", false};
    return video;
}

/// What `full_video` refers to.
void put_context(Catalog& catalog) {
    catalog.series.put(sample_series());
    Session session;
    session.id = SessionId("s");
    catalog.sessions.put(session);
    catalog.recordings.add(sample_recording());
}

} // namespace

TEST_CASE("a series is given back as it was put", "[store]") {
    Sample sample;
    Series series = sample_series();
    sample.catalog.series.put(series);
    CHECK(sample.catalog.series.find(series.id) == series);
    series.window = {};
    series.planned_count.reset();
    series.title = "改題";
    sample.catalog.series.put(series);
    CHECK(sample.catalog.series.all() == std::vector{series});
    CHECK_FALSE(sample.catalog.series.find(SeriesId("other")).has_value());
}

TEST_CASE("a session is given back with its programme, and replaced with it", "[store]") {
    Sample sample;
    sample.catalog.series.put(sample_series());
    Session later;
    later.id = SessionId("later");
    later.when.label = "未定";
    Session session = sample_session();
    // It names a session that is put after it, as an import may.
    sample.catalog.transaction([&] {
        sample.catalog.sessions.put(session);
        sample.catalog.sessions.put(later);
    });
    CHECK(sample.catalog.sessions.find(session.id) == session);
    session.items.pop_back();
    session.replaced_by.clear();
    session.when = {
        SessionDate::Precision::range, 2021y / 11 / 1, 2021y / 12 / 31, {}, {}, {}, "11〜12月頃"};
    sample.catalog.sessions.put(session);
    CHECK(sample.catalog.sessions.all() == std::vector{session, later});
}

TEST_CASE("a session cannot be replaced by one that does not exist", "[store]") {
    Sample sample;
    Session session = sample_session();
    session.series = SeriesId();
    CHECK_THROWS(sample.catalog.sessions.put(session));
    CHECK(sample.catalog.sessions.all().empty());
}

TEST_CASE("a video is given back with chapters and live plan, and replaced with them", "[store]") {
    Sample sample;
    put_context(sample.catalog);
    sample.catalog.videos.put(full_video());
    CHECK(sample.catalog.videos.find(full_video().id) == full_video());
    CHECK(sample.catalog.videos.of_session(SessionId("s")) == std::vector{full_video()});
    CHECK(sample.catalog.videos.of_recording(RecordingId("rec")) == std::vector{full_video()});

    sample.catalog.videos.put(sample_video());
    CHECK(sample.catalog.videos.all() == std::vector{sample_video()});
    CHECK(sample.catalog.videos.of_session(SessionId("s")).empty());
}

TEST_CASE("a window of its own that never ends is not the series'", "[store]") {
    Sample sample;
    Video video = sample_video();
    video.window = AvailabilityWindow{};
    sample.catalog.videos.put(video);
    CHECK(sample.catalog.videos.find(video.id)->window == AvailabilityWindow{});
}

TEST_CASE("a video's offering comes from its series or its session's", "[store]") {
    Sample sample;
    put_context(sample.catalog);
    Session session;
    session.id = SessionId("s");
    session.series = SeriesId("adaptation");
    sample.catalog.sessions.put(session);
    const Series series = sample_series();

    Video video = sample_video();
    video.published = true;
    sample.catalog.videos.put(video);
    CHECK(sample.catalog.videos.offering(video.id) ==
          Offering{true, Audience::registered, {}, SeriesId()});
    video.session = session.id;
    sample.catalog.videos.put(video);
    const Offering inherited{true, series.audience, series.window, series.id};
    CHECK(sample.catalog.videos.offering(video.id) == inherited);
    video.session = SessionId();
    video.series = series.id;
    sample.catalog.videos.put(video);
    CHECK(sample.catalog.videos.offering(video.id) == inherited);
    CHECK_FALSE(sample.catalog.videos.offering(VideoId("none")).has_value());

    Material material;
    material.id = MaterialId("m");
    material.video = video.id;
    sample.catalog.materials.put(material);
    CHECK(sample.catalog.materials.offering(material.id) == inherited);
    video.published = false;
    sample.catalog.videos.put(video);
    CHECK(sample.catalog.materials.offering(material.id) == Offering{false, series.audience, series.window, series.id});
    material.video = VideoId();
    material.session = session.id;
    sample.catalog.materials.put(material);
    CHECK(sample.catalog.materials.offering(material.id) == inherited);
    CHECK_FALSE(sample.catalog.materials.offering(MaterialId("none")).has_value());
}

TEST_CASE("videos come by series, number and title", "[store]") {
    Sample sample;
    Series first = sample_series("z-first");
    first.sort = 1;
    sample.catalog.series.put(first);
    sample.catalog.series.put(sample_series("a-second"));
    const auto put = [&](const char* id, const char* series, std::optional<int> number) {
        Video video = sample_video(id);
        video.series = SeriesId(series);
        video.number = number;
        sample.catalog.videos.put(video);
    };
    put("stray", "", 1);
    put("second-1", "a-second", 1);
    put("first-none", "z-first", std::nullopt);
    put("first-10", "z-first", 10);
    put("first-2", "z-first", 2);
    std::vector<std::string> ids;
    for (const Video& video : sample.catalog.videos.all()) {
        ids.push_back(video.id.text());
    }
    CHECK(ids ==
          std::vector<std::string>{"first-2", "first-10", "first-none", "second-1", "stray"});
}

TEST_CASE("removing a video takes what is only its own", "[store]") {
    Sample sample;
    put_context(sample.catalog);
    sample.catalog.videos.put(full_video());
    sample.catalog.captions.put({full_video().id, "ja", "日本語", {{0ms, 1s, "あ"}}});
    Material material;
    material.id = MaterialId("m");
    material.video = full_video().id;
    sample.catalog.materials.put(material);

    CHECK(sample.catalog.recordings.remove(RecordingId("rec")).error().kind == Refusal::conflict);
    CHECK(sample.catalog.videos.remove(full_video().id).has_value());
    CHECK(sample.catalog.videos.remove(full_video().id).error().kind == Refusal::not_found);
    CHECK(sample.catalog.captions.tracks_of(full_video().id).empty());
    CHECK(sample.catalog.materials.all().empty());
    CHECK(sample.catalog.recordings.find(RecordingId("rec")).has_value());
    CHECK(sample.catalog.recordings.remove(RecordingId("rec")).has_value());
    CHECK(sample.catalog.recordings.remove(RecordingId("rec")).error().kind == Refusal::not_found);
    CHECK(sample.catalog.broken_rows().empty());
}

TEST_CASE("a recording goes through its states", "[store]") {
    Sample sample;
    RecordingStore& recordings = sample.catalog.recordings;
    Recording expected = sample_recording();
    recordings.add(expected);
    CHECK(recordings.find(expected.id) == expected);

    recordings.begin(expected.id);
    expected.state = Recording::State::working;
    CHECK(recordings.find(expected.id) == expected);

    recordings.fail(expected.id, "truncated", "途中で切れています。");
    expected.state = Recording::State::failed;
    expected.failure_kind = "truncated";
    expected.failure = "途中で切れています。";
    CHECK(recordings.find(expected.id) == expected);

    recordings.requeue(expected.id);
    expected.state = Recording::State::queued;
    expected.failure_kind = expected.failure = "";
    CHECK(recordings.find(expected.id) == expected);

    recordings.finish(expected.id, 61'234ms, 40ms);
    expected.state = Recording::State::ready;
    expected.duration = 61'234ms;
    expected.lost = 40ms;
    CHECK(recordings.find(expected.id) == expected);

    recordings.begin(expected.id);
    CHECK(recordings.find(expected.id) == expected);
}

TEST_CASE("a video is given a recording; one that does not exist is a failure", "[store]") {
    Sample sample;
    sample.catalog.recordings.add(sample_recording());
    sample.catalog.videos.put(sample_video());
    sample.catalog.videos.set_recording(sample_video().id, RecordingId("rec"));
    CHECK(sample.catalog.videos.find(sample_video().id)->recording == RecordingId("rec"));
    CHECK_THROWS(sample.catalog.videos.set_recording(VideoId("none"), RecordingId("rec")));
    CHECK_THROWS(sample.catalog.videos.set_recording(sample_video().id, RecordingId("none")));
}

TEST_CASE("a material is given back as it was put, and given a file", "[store]") {
    Sample sample;
    sample.catalog.videos.put(sample_video());
    Material material;
    material.id = MaterialId("mat-lec-01");
    material.video = sample_video().id;
    material.item = ProgrammeItemId("kick-1");
    material.title = "講演スライド";
    material.format = "pdf";
    material.published_on = 2021y / 6 / 29;
    material.audience = Audience::staff;
    material.window = AvailabilityWindow{day_one, day_one + 1h};
    sample.catalog.materials.put(material);
    CHECK(sample.catalog.materials.find(material.id) == material);
    sample.catalog.materials.set_file(material.id, {"k3j", "スライド.pdf", 12}, day_one);
    material.file = "k3j";
    material.file_name = "スライド.pdf";
    material.bytes = 12;
    CHECK(sample.catalog.materials.of_video(sample_video().id) == std::vector{material});
    CHECK(sample.catalog.materials.of_session(SessionId("s")).empty());
    CHECK_THROWS(sample.catalog.materials.set_file(MaterialId("none"), {"f", "f", 1}, day_one));
}

TEST_CASE("a material keeps the files that it had, and takes one back", "[store]") {
    Sample sample;
    auto& materials = sample.catalog.materials;
    Material material;
    material.id = MaterialId("mat");
    material.title = "次第";
    materials.put(material);
    const MaterialStore::File first{"f1", "次第.pdf", 10};
    const MaterialStore::File second{"f2", "次第 (差し替え).pdf", 20};
    materials.set_file(material.id, first, day_one);
    CHECK(materials.versions(material.id).empty());
    materials.set_file(material.id, second, day_one + 1h);
    materials.set_file(material.id, second, day_one + 2h); // a transaction that was repeated after a crash
    CHECK(materials.versions(material.id) == std::vector{MaterialStore::Version{1, first, day_one + 1h}});
    REQUIRE(materials.put_back(material.id, 1, day_one + 3h).has_value());
    CHECK(materials.find(material.id)->file == "f1");
    CHECK(materials.find(material.id)->file_name == "次第.pdf");
    CHECK(materials.versions() == std::vector{MaterialStore::Version{2, second, day_one + 3h}});
    CHECK(materials.put_back(material.id, 1, day_one).error().kind == Refusal::not_found);
    CHECK(materials.remove(material.id).value() == std::vector<std::string>{"f1", "f2"});
    CHECK(materials.versions().empty());
    CHECK(materials.remove(material.id).error().kind == Refusal::not_found);
}

TEST_CASE("a session is removed where nothing hangs on it", "[store]") {
    Sample sample;
    auto& sessions = sample.catalog.sessions;
    Session session;
    session.id = SessionId("first");
    session.kind = "meeting";
    session.title = "第1回";
    session.items = {{ProgrammeItemId("i"), "lecture", "講演", "題", "", "", {}}};
    sessions.put(session);
    auto video = sample_video();
    video.session = session.id;
    sample.catalog.videos.put(video);
    CHECK(sessions.remove(session.id).error().kind == Refusal::conflict);
    REQUIRE(sample.catalog.videos.remove(video.id).has_value());
    sample.catalog.watching.set_attendance(session.id, WayToAttend::venue, {{"131016", 3}});
    CHECK(sessions.remove(session.id).error().kind == Refusal::conflict);
    sample.catalog.watching.set_attendance(session.id, WayToAttend::venue, {{"131016", 0}});
    REQUIRE(sessions.remove(session.id).has_value());
    CHECK_FALSE(sessions.find(session.id).has_value());
    CHECK(sessions.remove(session.id).error().kind == Refusal::not_found);
    CHECK(sample.catalog.broken_rows().empty());
}

TEST_CASE("a notice is removed, and what nobody needs to be told is kept", "[store]") {
    Sample sample;
    auto& notices = sample.catalog.notices;
    notices.put({NoticeId("n"), 2021y / 10 / 1, "題", "", {}});
    REQUIRE(notices.remove(NoticeId("n")).has_value());
    CHECK(notices.remove(NoticeId("n")).error().kind == Refusal::not_found);
    sample.catalog.audit.append({day_one, {}, "material.file", "mat", "", ""});
    const auto number = sample.catalog.audit.find(AuditLog::Wanted{}, 1).front().number;
    REQUIRE(notices.leave_unannounced(number).has_value());
    REQUIRE(notices.leave_unannounced(number).has_value());
    CHECK(notices.unannounced() == std::set<std::int64_t>{number});
    CHECK(notices.leave_unannounced(number + 1).error().kind == Refusal::not_found);
}

TEST_CASE("notices come newest first, those of a day as they were put", "[store]") {
    Sample sample;
    const auto notice = [](const char* id, time::Date date) {
        return Notice{NoticeId(id), date, "題", "文", {"lec-01", "a\"b"}};
    };
    const Notice old = notice("z", 2021y / 6 / 25);
    const Notice first = notice("b", 2021y / 10 / 1);
    const Notice second = notice("a", 2021y / 10 / 1);
    sample.catalog.notices.put(old);
    sample.catalog.notices.put(first);
    sample.catalog.notices.put(second);
    sample.catalog.notices.put(first);
    CHECK(sample.catalog.notices.all() == std::vector{first, second, old});
}

TEST_CASE("what stands in the file but means nothing is a failure, not a guess", "[store]") {
    Sample sample;
    sample.catalog.series.put(sample_series());
    sample.tamper("UPDATE series SET audience = 'friends'");
    CHECK_THROWS_WITH(sample.catalog.series.all(), Catch::Contains("friends"));
}

} // namespace catalog::store
