#include "tests/transcoder/program.h"

#include <catch2/catch.hpp>

TEST_CASE("place, device, author and title of a recording are nowhere in the folder",
          "[transcoder]") {
    const auto name = GENERATE(as<std::string>{}, "in.mp4", "in.mov", "in.mkv", "in.ts");
    const test::TemporaryFolder folder;
    auto words = test::moving_picture(3);
    const std::vector<std::string> told{"+35.6586+139.7454/", "Secret Author", "Secret Title",
                                        "Secret Device",      "Secret Remark", "Secret Chapter",
                                        "Secret Service",     "Secret Handler"};
    const auto add = [&words](const std::string& kind, const std::string& text) {
        words.insert(words.end(), {kind, text});
    };
    folder.write("chapters", ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\n"
                             "title=Secret Chapter\n");
    words.insert(words.begin() + 8, {"-f", "ffmetadata", "-i", folder / "chapters"});
    add("-map_metadata", "2");
    add("-movflags", "use_metadata_tags");
    for (const auto& [field, text] : std::vector<std::pair<std::string, std::string>>{
             {"location", told[0]}, {"artist", told[1]},       {"title", told[2]},
             {"make", told[3]},     {"comment", told[4]},      {"service_name", told[6]},
             {"author", told[1]},   {"com.apple.quicktime.model", told[3]}})
        add("-metadata", field + "=" + text);
    add("-metadata:s:v:0", "handler_name=" + told[7]);
    test::make_recording(folder / name, words);
    const auto source = folder.read(name);
    const auto names_something = [&told](const std::string& bytes) {
        for (const auto& text : told)
            if (bytes.find(text) != std::string::npos)
                return true;
        return false;
    };
    REQUIRE(names_something(source));

    REQUIRE(test::transcode({folder / name, folder / "out"}).status == 0);
    for (const auto& [file, bytes] : test::contents(folder / "out")) {
        CAPTURE(name, file);
        CHECK_FALSE(names_something(bytes));
    }
}
