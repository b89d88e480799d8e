#include "catalog/store/import_into.h"

#include "tests/catalog/demo_file.h"
#include "tests/catalog/store/sample.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace catalog::store {

using namespace std::chrono_literals;

namespace {

time::Zone tokyo() {
    return time::Zone::named("Asia/Tokyo").value();
}

ImportedCatalog imported(const std::string& text) {
    const auto reading = read_import(text, tokyo());
    REQUIRE(reading.mistakes.empty());
    return reading.catalog;
}

/// The word that the demo's scenarios use for what somebody who may see all is answered.
std::string state_of(const std::optional<Offering>& offering, UtcTime now) {
    REQUIRE(offering.has_value());
    Viewer everywhere;
    everywhere.kind = Viewer::Kind::staff;
    everywhere.registered_series = {offering->series};
    const auto answer = admit(*offering, everywhere, now);
    if (answer) {
        return "available";
    }
    return answer.error().kind == Refusal::not_yet_open ? "upcoming"
           : answer.error().kind == Refusal::closed     ? "ended"
                                                        : answer.error().message;
}

void check_videos(Catalog& catalog, const nlohmann::json& expected, UtcTime now) {
    for (const auto& [id, state] : expected.items()) {
        INFO(id);
        CHECK(state_of(catalog.videos.offering(VideoId(id)), now) == state.get<std::string>());
    }
}

/// Everything in the catalog, to compare.
auto content(Catalog& catalog) {
    return std::tuple(catalog.series.all(), catalog.sessions.all(), catalog.videos.all(),
                      catalog.materials.all(), catalog.notices.all(),
                      catalog.captions.find(VideoId("lec-01"), "ja"));
}

} // namespace

TEST_CASE("the demo's clock scenarios come true", "[import]") {
    Sample sample;
    import_into(sample.catalog, imported(demo_file()));
    const auto scenarios = nlohmann::json::parse(demo_file()).at("clockScenarios");
    REQUIRE(scenarios.size() == 11);
    for (const auto& scenario : scenarios) {
        INFO(scenario.at("jst") << " " << scenario.at("why"));
        const UtcTime now = time::parse_rfc3339(scenario.at("jst").get<std::string>()).value();
        CHECK(now == time::parse_rfc3339(scenario.at("utc").get<std::string>()));
        check_videos(sample.catalog, scenario.at("lectures"), now);
        check_videos(sample.catalog, scenario.at("recordings"), now);
        for (const auto& [id, state] : scenario.at("materials").items()) {
            INFO(id);
            CHECK(state_of(sample.catalog.materials.offering(MaterialId(id)), now) ==
                  state.get<std::string>());
        }
        std::vector<std::string> fresh;
        for (const Notice& notice : sample.catalog.notices.all()) {
            if (is_new(notice, now, tokyo())) {
                fresh.push_back(notice.id.text());
            }
        }
        CHECK(fresh == scenario.at("newNotices").get<std::vector<std::string>>());
    }
}

TEST_CASE("importing a second time changes nothing", "[import]") {
    Sample sample;
    import_into(sample.catalog, imported(demo_file()));
    const auto before = content(sample.catalog);
    CHECK(std::get<2>(before).size() == 11);
    CHECK(std::get<5>(before)->cues.size() == 12);
    import_into(sample.catalog, imported(demo_file()));
    CHECK(content(sample.catalog) == before);
    CHECK(sample.catalog.broken_rows().empty());
}

TEST_CASE("importing again keeps what is the site's own, and takes what the file says",
          "[import]") {
    Sample sample;
    Catalog& catalog = sample.catalog;
    import_into(catalog, imported(demo_file()));
    catalog.recordings.add(sample_recording());
    Video video = *catalog.videos.find(VideoId("lec-01"));
    video.recording = RecordingId("rec");
    video.span = Span{1s, 2s};
    video.published = false;
    video.title = "手で直した題名";
    catalog.videos.put(video);
    Video live = *catalog.videos.find(VideoId("live-ada2"));
    live.published = true;
    catalog.videos.put(live);
    catalog.materials.set_file(MaterialId("mat-lec-01"), {"k3j", "資料.pdf", 12}, day_one);

    import_into(catalog, imported(demo_file()));
    const Video after = *catalog.videos.find(VideoId("lec-01"));
    CHECK(after.recording == RecordingId("rec"));
    CHECK(after.span == Span{1s, 2s});
    CHECK_FALSE(after.published);
    CHECK(after.title == "脱炭素社会に向けた市区町村の役割");
    CHECK(catalog.videos.find(VideoId("live-ada2"))->published);
    CHECK(catalog.materials.find(MaterialId("mat-lec-01"))->file == "k3j");
    CHECK(catalog.materials.find(MaterialId("mat-lec-01"))->bytes == 12);
}

TEST_CASE("a series that only the references know is made once, and never overwritten",
          "[import]") {
    Sample sample;
    const auto small = imported(R"({"lectures": [{"id": "a", "title": "A", "series": "talks"}]})");
    import_into(sample.catalog, small);
    REQUIRE(sample.catalog.series.find(SeriesId("talks")).has_value());
    CHECK(sample.catalog.series.find(SeriesId("talks"))->audience == Audience::staff);
    sample.catalog.series.put(sample_series("talks"));
    import_into(sample.catalog, small);
    CHECK(sample.catalog.series.find(SeriesId("talks")) == sample_series("talks"));
}

TEST_CASE("an import that fails leaves nothing behind", "[import]") {
    Sample sample;
    ImportedCatalog broken = imported(demo_file());
    broken.captions.push_back({VideoId("none"), "ja", "日本語", {}});
    CHECK_THROWS(import_into(sample.catalog, broken));
    CHECK(sample.catalog.series.all().empty());
    CHECK(sample.catalog.videos.all().empty());
}

} // namespace catalog::store
