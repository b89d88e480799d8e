#include "catalog/media/media_folder.h"
#include "catalog/media/withdrawal.h"
#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <sstream>

namespace {

namespace fs = std::filesystem;
namespace media = catalog::media;
using catalog::Span;
using catalog::WithdrawnSpan;
using namespace std::chrono_literals;
using Words = std::vector<std::string>;

WithdrawnSpan withdrawn(Span span, WithdrawnSpan::Lost lost) {
    WithdrawnSpan made;
    made.span = span;
    made.lost = lost;
    return made;
}

test::Run withdraw(const fs::path& folder, const std::vector<WithdrawnSpan>& spans) {
    auto list = nlohmann::json::array();
    for (const auto& each : spans)
        list.push_back({{"begin_ms", each.span.begin.count()},
                        {"end_ms", each.span.end.count()},
                        {"lost", to_text(each.lost)}});
    return test::transcode({"--withdraw"}, nlohmann::json{{"folder", folder}, {"spans", list}}.dump() + "\n");
}

double seconds(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

bool is_in(double at, const std::vector<Span>& spans, double margin = 0) {
    return std::ranges::any_of(spans, [at, margin](const Span& span) {
        return at > seconds(span.begin) - margin && at < seconds(span.end) + margin;
    });
}

struct Seen {
    double at;
    double light;  ///< the mean, 0 to 255
};

/// The pictures of a rendition, as the ffmpeg command decodes them.
std::vector<Seen> seen(const test::TemporaryFolder& folder, const fs::path& file) {
    REQUIRE(test::command({"ffprobe", "-v", "error", "-f", "lavfi", "-o", folder / "seen", "-of", "csv=p=0",
                           "-show_entries", "frame=pts_time:frame_tags=lavfi.signalstats.YAVG",
                           "movie=" + file.string() + ",signalstats"}) == 0);
    std::istringstream lines(folder.read("seen"));
    std::vector<Seen> all;
    for (std::string line; std::getline(lines, line);)
        if (const auto comma = line.find(','); comma != std::string::npos)
            all.push_back({std::stod(line), std::stod(line.substr(comma + 1))});
    return all;
}

/// The highest sample, of full scale, in each hundredth of a second of a rendition's sound.
std::vector<double> heard(const test::TemporaryFolder& folder, const fs::path& index) {
    // By the playlist, so that the priming is not heard.
    test::make_recording(folder / "heard", {"-i", index, "-map", "0:a:0", "-ac", "1", "-ar", "48000", "-f", "s16le"});
    const auto bytes = folder.read("heard");
    std::vector<double> peaks(bytes.size() / 2 / 480 + 1);
    for (std::size_t at = 0; 2 * at + 1 < bytes.size(); ++at) {
        std::int16_t sample = 0;
        std::memcpy(&sample, bytes.data() + 2 * at, sizeof sample);
        auto& peak = peaks[at / 480];
        peak = std::max(peak, std::abs(sample) / 32768.0);
    }
    return peaks;
}

std::vector<Span> spans_of(const std::vector<WithdrawnSpan>& withdrawn, bool with_muted) {
    std::vector<Span> spans;
    for (const auto& each : withdrawn)
        if (with_muted || each.lost == WithdrawnSpan::Lost::picture_and_sound)
            spans.push_back(each.span);
    return spans;
}

/// What is seen and heard of a presentation's renditions.
void check_renditions(const test::TemporaryFolder& folder, const fs::path& place, const std::vector<WithdrawnSpan>& all) {
    const auto read = media::read_media_folder(place).value();
    for (const auto& [name, index] : read.renditions) {
        CAPTURE(place, name);
        if (media::track_kind_of(name) == media::TrackKind::picture) {
            const auto blanked = spans_of(all, false);
            const auto pictures = seen(folder, place / index.file);
            CHECK(!pictures.empty());
            for (const auto& [at, light] : pictures) {
                CAPTURE(at, light);
                if (is_in(at + 1e-4, blanked))
                    CHECK(light < 18);
                else
                    CHECK(light > 60);
            }
        } else {
            const auto silenced = spans_of(all, true);
            const auto peaks = heard(folder, place / (name + ".m3u8"));
            for (std::size_t i = 3; i + 10 < peaks.size(); ++i) {
                const double at = static_cast<double>(i) / 100 + 0.005;
                CAPTURE(at, peaks[i]);
                // Packets last 21 ms.
                if (is_in(at, silenced, -0.03))
                    CHECK(peaks[i] < 0.002);
                else if (!is_in(at, silenced, 0.05))
                    CHECK(peaks[i] > 0.05);
            }
        }
    }
}

/// The bytes of each segment, and whether the spans take something from it.
struct Piece {
    std::string bytes;
    bool is_touched;
};
std::map<std::string, std::vector<Piece>> pieces(const fs::path& place, const std::vector<WithdrawnSpan>& all) {
    std::map<std::string, std::vector<Piece>> found;
    const auto read = media::read_media_folder(place).value();
    const auto files = test::contents(place);
    for (const auto& [name, index] : read.renditions) {
        const auto touched = media::touched(index, all, media::track_kind_of(name));
        for (std::size_t at = 0; at < index.segments.size(); ++at) {
            const auto& range = index.segments[at].bytes;
            found[name].push_back({files.at(index.file).substr(range.offset, range.size),
                                   std::ranges::find(touched, at) != touched.end()});
        }
    }
    return found;
}

void check_pieces(const std::map<std::string, std::vector<Piece>>& before,
                  const std::map<std::string, std::vector<Piece>>& after) {
    for (const auto& [name, all] : before) {
        REQUIRE(after.at(name).size() == all.size());
        for (std::size_t at = 0; at < all.size(); ++at) {
            CAPTURE(name, at);
            CHECK((all[at].bytes == after.at(name)[at].bytes) == !all[at].is_touched);
        }
    }
}

void make(const test::TemporaryFolder& folder, const Words& more) {
    test::make_recording(folder / "in.mp4", test::moving_picture(20, "25", "320x180"));
    Words words{folder / "in.mp4", folder / "out"};
    words.insert(words.end(), more.begin(), more.end());
    REQUIRE(test::transcode(words).status == 0);
}

} // namespace

TEST_CASE("a blanked span is black and silent in every rendition, and the rest is as it was", "[withdraw]") {
    const auto more = GENERATE(Words{}, Words{"--no-passthrough"});
    CAPTURE(more);
    const test::TemporaryFolder folder;
    make(folder, more);
    const auto out = folder / "out";
    const std::vector spans{withdrawn({7s + 120ms, 9s + 960ms}, WithdrawnSpan::Lost::picture_and_sound),
                            withdrawn({14s, 15s}, WithdrawnSpan::Lost::sound)};
    const auto index = media::read_media_folder(out).value();
    const auto before = pieces(out, spans);
    const auto stills_before = pieces(out / "stills", spans);
    const auto files_before = test::contents(out);
    const auto run = withdraw(out, spans);
    CAPTURE(run.said);
    REQUIRE(run.status == 0);
    CHECK(test::faults(out).empty());
    check_renditions(folder, out, spans);
    check_renditions(folder, out / "stills", spans);
    check_pieces(before, pieces(out, spans));
    check_pieces(stills_before, pieces(out / "stills", spans));
    // Times are what they were, to the tick.
    const auto now = media::read_media_folder(out).value();
    for (const auto& [name, was] : index.renditions) {
        CAPTURE(name);
        REQUIRE(now.renditions.at(name).segments.size() == was.segments.size());
        for (std::size_t at = 0; at < was.segments.size(); ++at)
            CHECK(now.renditions.at(name).segments[at].duration == was.segments[at].duration);
    }
    const auto files = test::contents(out);
    CHECK(files.at("stills/thumbnails-0.jpg") != files_before.at("stills/thumbnails-0.jpg"));
    CHECK(files.at("stills/thumbnails.vtt") == files_before.at("stills/thumbnails.vtt"));
    CHECK(!files.contains("retaken"));
    const auto peaks = nlohmann::json::parse(files.at("waveform.json")).at("peaks");
    CHECK(peaks.at(8 * 8) == 0);
    CHECK(peaks.at(8 * 14 + 4) == 0);
    CHECK(peaks.at(8 * 12) > 0);

    SECTION("and another one can be withdrawn from the very same segments") {
        auto both = spans;
        both.push_back(withdrawn({10s, 11s}, WithdrawnSpan::Lost::picture_and_sound));
        const std::vector later{both.back()};
        const auto untouched = pieces(out, later);
        REQUIRE(withdraw(out, later).status == 0);
        CHECK(test::faults(out).empty());
        check_renditions(folder, out, both);
        check_pieces(untouched, pieces(out, later));
    }
}

TEST_CASE("a muted span leaves the pictures as they were", "[withdraw]") {
    const test::TemporaryFolder folder;
    make(folder, {});
    const auto out = folder / "out";
    const std::vector spans{withdrawn({0s, 500ms}, WithdrawnSpan::Lost::sound),
                            withdrawn({19s, 20s}, WithdrawnSpan::Lost::sound)};
    const auto before = test::contents(out);
    REQUIRE(withdraw(out, spans).status == 0);
    CHECK(test::faults(out).empty());
    check_renditions(folder, out, spans);
    for (const auto& [name, bytes] : test::contents(out)) {
        CAPTURE(name);
        const bool is_list = name == "main.m3u8" || name == "audio.m3u8" || name == "stills/main.m3u8";
        const bool is_heard = name.starts_with("a") || name.starts_with("stills/a") || name == "waveform.json";
        if (!is_list && !is_heard)
            CHECK((bytes == before.at(name)));
    }
}

TEST_CASE("captions and chapters of the recording say nothing of a withdrawn span", "[withdraw]") {
    const test::TemporaryFolder folder;
    make(folder, {});
    const auto out = folder / "out";
    folder.write("out/captions/ja.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n前\n\n00:00:05.000 --> 00:00:07.000\n撤回\n");
    folder.write("out/captions/en.vtt", "WEBVTT\n\n00:00:05.000 --> 00:00:07.000\nwithdrawn\n");
    folder.write("out/chapters.vtt", "WEBVTT\n\n00:00:00.000 --> 00:00:06.500\n開会\n\n00:00:06.500 --> 00:00:20.000\n撤回\n");
    REQUIRE(withdraw(out, {withdrawn({6s, 7s}, WithdrawnSpan::Lost::sound)}).status == 0);
    CHECK(folder.read("out/captions/ja.vtt") == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n前\n");
    CHECK(!fs::exists(out / "captions/en.vtt"));
    CHECK(folder.read("out/chapters.vtt") == "WEBVTT\n\n00:00:00.000 --> 00:00:06.500\n開会\n");
}

TEST_CASE("what is no job of withdrawing, or no finished folder, is refused and left alone", "[withdraw]") {
    const test::TemporaryFolder folder;
    folder.write("out/notes.txt", "mine");
    for (const std::string line : {"", "{}", R"({"folder":"/tmp","spans":[]})",
                                   R"({"folder":"/tmp","spans":[{"begin_ms":5,"end_ms":5,"lost":"sound"}]})",
                                   R"({"folder":"/tmp","spans":[{"begin_ms":5,"end_ms":6,"lost":"all"}]})"}) {
        CAPTURE(line);
        CHECK(test::transcode({"--withdraw"}, line + "\n").status == 1);
    }
    const auto run = withdraw(folder / "out", {withdrawn({0s, 1s}, WithdrawnSpan::Lost::sound)});
    CHECK(run.status == 1);
    CHECK(run.last("failed").at("kind") == "internal");
    CHECK(folder.read("out/notes.txt") == "mine");
}
