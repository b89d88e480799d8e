#include "catalog/media/media_folder.h"
#include "catalog/media/media_playlist.h"
#include "tests/transcoder/program.h"
#include "transcoder/folder/text_file.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <random>

namespace {

using namespace std::chrono_literals;
using catalog::media::MediaPlaylist;
using catalog::media::Part;
using catalog::media::SegmentHead;

MediaPlaylist index_of(const std::filesystem::path& folder, const std::string& name) {
    const auto text = transcoder::folder::read_text(folder / (name + ".m3u8"));
    REQUIRE(text);
    return catalog::media::parse_file_text(*text).value();
}

void make_stream(const std::filesystem::path& file, double seconds, const std::string& size) {
    auto words = test::moving_picture(seconds, "25", size);
    words.insert(words.end(), {"-bf", "2", "-g", "50", "-keyint_min", "50"});
    test::make_recording(file, words);
}

std::vector<Part> parts_of(const MediaPlaylist& index) {
    std::vector<Part> parts;
    for (const auto& segment : index.segments)
        parts.insert(parts.end(), segment.parts.begin(), segment.parts.end());
    if (index.open)
        parts.insert(parts.end(), index.open->parts.begin(), index.open->parts.end());
    return parts;
}

std::vector<std::size_t> breaks_of(const MediaPlaylist& index) {
    std::vector<std::size_t> breaks;
    for (std::size_t i = 0; i < index.segments.size(); ++i)
        if (index.segments[i].head.continuity == SegmentHead::Continuity::breaks)
            breaks.push_back(i);
    return breaks;
}

/// How many pictures the ffmpeg command finds in a rendition, as HLS.
std::size_t pictures_in(const std::filesystem::path& index, const std::filesystem::path& out) {
    test::make_recording(out, {"-xerror", "-i", index.string(), "-map", "0:v", "-f", "framemd5"});
    const auto text = transcoder::folder::read_text(out).value();
    std::size_t pictures = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
        pictures += text[at] == '0' ? 1U : 0U;
    return pictures;
}

} // namespace

TEST_CASE("a publisher that comes back goes on in the same recording", "[transcoder][live]") {
    const std::string size = GENERATE("160x90", "192x108");
    CAPTURE(size);
    const test::TemporaryFolder folder;
    make_stream(folder / "first.flv", 6, "160x90");
    make_stream(folder / "second.flv", 6, size);
    const auto out = folder / "live";
    REQUIRE(test::publish({out, "flv", folder / "first.flv"}).status == 0);
    const auto run =
        test::publish({out, "flv", folder / "second.flv", "2021-10-27T13:20:00.000+09:00"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    for (const auto& name : {"v90s", "v90", "a64"}) {
        const auto index = index_of(out, name);
        CAPTURE(name);
        CHECK(breaks_of(index) == std::vector<std::size_t>{2});
        CHECK(index.segments[2].head.begins_at ==
              catalog::time::parse_rfc3339("2021-10-27T04:20:00Z"));
        const bool is_another_form = std::string(name) == "v90" && size != "160x90";
        CHECK(index.segments[2].head.init.has_value() == is_another_form);
    }
    CHECK(run.events[2]["number"] == 2);
    REQUIRE(test::end_live(out).status == 0);
    CHECK(pictures_in(out / "v90.m3u8", folder / "pictures") == 300);
    CHECK(catalog::media::check_media_folder(out) == std::vector<std::string>{});
    CHECK(test::report(out)["interruptions"] == 1);
}

TEST_CASE("a publisher's clock that jumps begins anew and loses nothing", "[transcoder][live]") {
    const test::TemporaryFolder folder;
    make_stream(folder / "first.ts", 6, "160x90");
    auto words = test::moving_picture(6, "25", "160x90");
    words.insert(words.end(), {"-bf", "2", "-g", "50", "-output_ts_offset", "5000"});
    test::make_recording(folder / "second.ts", words);
    std::ofstream(folder / "joined.ts", std::ios::binary)
        << transcoder::folder::read_text(folder / "first.ts").value()
        << transcoder::folder::read_text(folder / "second.ts").value();
    const auto out = folder / "live";
    const auto run = test::publish({out, "mpegts", folder / "joined.ts"});
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(breaks_of(index_of(out, "v90")).size() == 1);
    CHECK(run.last("interrupted")["media_s"].get<double>() == Approx(12).margin(0.2));
}

TEST_CASE("what a killed run has told stays, and the next one goes on behind it",
          "[transcoder][live]") {
    const test::TemporaryFolder folder;
    make_stream(folder / "source.flv", 14, "160x90");
    const auto out = folder / "live";
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> events(2, 14);
    std::vector<Part> told;
    for (int tries = 0; tries < 10; ++tries) {
        const auto run = test::publish_and_kill({out, "flv", folder / "source.flv"}, events(random));
        const auto parts = static_cast<std::size_t>(std::ranges::count_if(
            run, [](const auto& event) { return event["event"] == "part"; }));
        const auto now = parts_of(index_of(out, "v90"));
        CAPTURE(tries, parts);
        REQUIRE(now.size() >= told.size() + parts);
        CHECK(std::equal(told.begin(), told.end(), now.begin()));
        told.assign(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(told.size() + parts));
    }
    REQUIRE(test::publish({out, "flv", folder / "source.flv"}).status == 0);
    const auto ended = test::end_live(out);
    CAPTURE(ended.said);
    REQUIRE(ended.status == 0);
    CHECK(catalog::media::check_media_folder(out) == std::vector<std::string>{});
    CHECK(pictures_in(out / "v90.m3u8", folder / "pictures") > told.size() * 20);
}
