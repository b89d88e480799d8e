#include "tests/hls_rules/good_folder.h"

#include "tests/support/hls_rules/folder.h"

#include <catch2/catch.hpp>

#include <cstdlib>

namespace hls_rules {

namespace {

namespace fs = std::filesystem;

/// Made once a process; goes with it.
class Original {
  public:
    Original() {
        const std::string source = (place_ / "source.mp4").string();
        run("ffmpeg -v error -f lavfi -i testsrc2=size=160x90:rate=24 "
            "-f lavfi -i sine=frequency=440:sample_rate=48000 -t 13 -c:v libx264 "
            "-preset ultrafast -pix_fmt yuv420p -c:a aac " +
            source);
        run(std::string(KIROKU_TRANSCODER) + ' ' + source + ' ' + (place_ / "media").string() +
            " > " + (place_ / "events").string() + " 2>&1");
    }

    fs::path folder() const { return place_ / "media"; }

  private:
    static void run(const std::string& command) {
        INFO(command);
        REQUIRE(std::system(command.c_str()) == 0);
    }

    test::TemporaryFolder place_;
};

} // namespace

GoodFolder::GoodFolder() {
    static const Original original;
    fs::copy(original.folder(), place_.path(), fs::copy_options::recursive);
    const std::string main = read("main.m3u8");
    for (const auto& entry : fs::directory_iterator(place_.path())) {
        const std::string name = entry.path().stem().string();
        if (entry.path().extension() != ".mp4") {
            continue;
        }
        if (name.starts_with('v')) {
            pictures_.push_back(name);
        } else {
            sound_ = name;
        }
    }
    REQUIRE(pictures_.size() == 2);
    REQUIRE_FALSE(sound_.empty());
    if (main.find(pictures_[0] + ".m3u8") > main.find(pictures_[1] + ".m3u8")) {
        std::swap(pictures_[0], pictures_[1]);
    }
}

void GoodFolder::replace(const std::string& file, const std::string& from, const std::string& to,
                         const std::string& after) const {
    std::string content = read(file);
    const auto begin = content.find(after);
    INFO(file << " has no \"" << from << "\" behind \"" << after << '"');
    REQUIRE(begin != std::string::npos);
    const auto at = content.find(from, begin);
    REQUIRE(at != std::string::npos);
    write(file, content.replace(at, from.size(), to));
}

std::set<std::string> GoodFolder::broken() const {
    std::set<std::string> rules;
    for (const Breach& breach : check_folder(path())) {
        rules.insert(breach.rule);
    }
    return rules;
}

std::string GoodFolder::said() const {
    std::string text;
    for (const Breach& breach : check_folder(path())) {
        text += to_text(breach) + '\n';
    }
    return text;
}

} // namespace hls_rules
