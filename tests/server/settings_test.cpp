#include "server/settings.h"

#include <catch2/catch.hpp>

using server::read_settings;
using server::SettingsMistake;

TEST_CASE("settings that name nothing are complete", "[server]") {
    const auto reading = read_settings("");
    CHECK(reading.mistakes.empty());
    CHECK(reading.settings.site.zone == "Asia/Tokyo");
    CHECK(reading.settings.uploads.largest_bytes == 64ULL << 30);
    CHECK(reading.settings.transcoding.jobs == 1);
}

TEST_CASE("settings take what they are told", "[server]") {
    const auto reading = read_settings(R"(
[site]
name = "研究会"
hosts = ["kiroku.example.jp", "localhost"]
tls = true
[uploads]
largest = "10 GB"
expiry_hours = 48
[transcoding]
program = "/opt/kiroku/kiroku-transcoder"
jobs = 3
)");
    REQUIRE(reading.mistakes.empty());
    const auto& settings = reading.settings;
    CHECK(settings.site.name == "研究会");
    CHECK(settings.site.hosts == std::vector<std::string>{"kiroku.example.jp", "localhost"});
    CHECK(settings.site.tls);
    CHECK(settings.uploads.largest_bytes == 10'000'000'000);
    CHECK(settings.uploads.expiry == std::chrono::hours(48));
    CHECK(settings.transcoding.program == "/opt/kiroku/kiroku-transcoder");
    CHECK(settings.transcoding.jobs == 3);
}

TEST_CASE("settings name every mistake at once, each with its line", "[server]") {
    const auto reading = read_settings(R"([site]
zone = "Asia/Nowhere"
nmae = "misspelt"
tls = "yes"
hosts = [1, 2]
embedding_hosts = ["https://a; script-src *"]

[uploads]
largest = "a lot"

[transcoding]
jobs = -1
program = "kiroku-transcoder"

[sight]
name = "no such section"
)");
    const std::vector<SettingsMistake> expected{
        {2, R"([site] zone must be a time zone such as "Asia/Tokyo")"},
        {3, R"([site] has no setting "nmae")"},
        {4, "[site] tls must be true or false"},
        {5, "[site] hosts must be a list of texts in quotes"},
        {6, R"([site] embedding_hosts must be origins such as "https://portal.example.jp")"},
        {9, R"([uploads] largest must be a size such as "64 GiB")"},
        {12, "[transcoding] jobs must be a whole number from 0 to 64"},
        {13, "[transcoding] program must be a whole path, beginning with /"},
        {15, "there is no section [sight]"},
    };
    CHECK(reading.mistakes == expected);
}

TEST_CASE("settings that are no TOML tell where they break", "[server]") {
    const auto reading = read_settings("[site]\nname = \n");
    REQUIRE(reading.mistakes.size() == 1);
    CHECK(reading.mistakes.front().line == 2);
}
