#include "transcoder/folder/output_folder.h"

#include "tests/support/temporary_folder.h"
#include "transcoder/folder/fresh_folder.h"

#include <catch2/catch.hpp>

using namespace transcoder::folder;

namespace {

std::size_t count_in(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

/// A folder of a stopped run, with all that stands beside renditions and with some of it that was not
/// finished.
void leave_a_run(const test::TemporaryFolder& folder) {
    folder.write(".kiroku-transcoder", "recipe\n");
    folder.write("v360.mp4", "x");
    folder.write("v360-iframes.m3u8", "x");
    for (const std::string name : {"stills", "stills.new", "captions", "captions.new"}) {
        std::filesystem::create_directory(folder / name);
        folder.write(name + "/poster.jpg", "x");
    }
    for (const std::string name : {"chapters.vtt", "chapters.vtt.new", "waveform.json", "waveform.json.new"})
        folder.write(name, "x");
}

} // namespace

TEST_CASE("stills and I-frames of another recipe go with the renditions", "[transcoder]") {
    const test::TemporaryFolder folder;
    leave_a_run(folder);
    auto taken = OutputFolder::take(folder.path(), folder / "in.mp4", "another\n", {"v360"},
                                    Caller::person);
    REQUIRE(taken.has_value());
    CHECK(count_in(folder.path()) == 1);
    CHECK(folder.read(".kiroku-transcoder") == "another\n");
}

TEST_CASE("where nothing will be made no stills stay, and the source does", "[transcoder]") {
    const test::TemporaryFolder folder;
    leave_a_run(folder);
    folder.write("source.mp4", "the source");
    remove_leftovers(folder.path(), folder / "source.mp4");
    CHECK(count_in(folder.path()) == 1);
    CHECK(folder.read("source.mp4") == "the source");
}

TEST_CASE("a folder that comes into being as a whole has its name only when it is finished",
          "[transcoder]") {
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "stills");
    folder.write("stills/old", "x");
    std::filesystem::create_directory(folder / "stills.new");
    folder.write("stills.new/half", "x");
    const FreshFolder fresh(folder / "stills");
    fresh.write("poster.jpg", "picture");
    CHECK_FALSE(std::filesystem::exists(folder / "stills"));
    fresh.finish();
    CHECK(count_in(folder.path()) == 1);
    CHECK(count_in(folder / "stills") == 1);
    CHECK(folder.read("stills/poster.jpg") == "picture");
}
