#include "transcoder/withdraw/avc_sets.h"
#include "transcoder/withdraw/shown.h"

#include <catch2/catch.hpp>

using namespace transcoder;
using namespace transcoder::withdraw;
using namespace std::chrono_literals;

namespace {

std::string bytes(std::initializer_list<int> numbers) {
    std::string text;
    for (const int number : numbers)
        text += static_cast<char>(number);
    return text;
}

/// Sets of number 0: profile 77, constraints 0x40, level 30.
const std::string configuration =
    bytes({1, 77, 0x40, 30, 0xff, 0xe1, 0, 5, 0x67, 77, 0x40, 30, 0x80, 1, 0, 2, 0x68, 0x80 | 0x40});

/// What is shown, and when: "b" where it is the black picture.
std::string shown(const std::vector<TickSpan>& withdrawn, const std::vector<std::int64_t>& pictures, std::int64_t end) {
    const auto black = black_picture({16, 16});
    std::string told;
    Blanked blanked(withdrawn, *black, [&](const AVFrame& picture, std::int64_t at) {
        told += (&picture == black.get() ? "b" : "p" + std::to_string(picture.pts)) + "@" + std::to_string(at) + " ";
    });
    for (const auto at : pictures) {
        auto picture = black_picture({16, 16});
        picture->pts = at;
        blanked.add(std::move(picture), at);
    }
    blanked.finish(end);
    return told;
}

} // namespace

TEST_CASE("spans in ticks hold every tick that they have a part of, and are one where they meet", "[withdraw]") {
    const std::vector<catalog::Span> spans{{1500ms, 2001ms}, {100ms, 200ms}, {2001ms, 3s}};
    CHECK(in_ticks(spans, {1, 25}) == std::vector<TickSpan>{{2, 5}, {37, 75}});
}

TEST_CASE("nothing can be seen from the first tick of a span to its last", "[withdraw]") {
    CHECK(shown({{10, 20}}, {0, 10, 20, 30}, 40) == "p0@0 b@10 p20@20 p30@30 ");
    // What stands for longer is interrupted, and stands there again.
    CHECK(shown({{10, 20}}, {0, 30}, 40) == "p0@0 b@10 p0@20 p30@30 ");
    // What came meanwhile is not seen behind it either.
    CHECK(shown({{10, 20}}, {0, 15, 30}, 40) == "p0@0 b@10 b@15 p30@30 ");
    CHECK(shown({{10, 20}}, {0, 15}, 40) == "p0@0 b@10 b@15 ");
    CHECK(shown({{0, 40}}, {0, 15}, 40) == "b@0 b@15 ");
    CHECK(shown({{10, 50}}, {0}, 40) == "p0@0 b@10 ");
    CHECK(shown({{3, 5}, {7, 9}}, {0}, 40) == "p0@0 b@3 p0@5 b@7 p0@9 ");
    CHECK(shown({{50, 60}}, {0, 5}, 40) == "p0@0 p5@5 ");
}

TEST_CASE("a configuration is read, takes further sets, and is written as it was", "[withdraw]") {
    const auto sets = read_avc_sets(configuration);
    CHECK(sets.profile == 77);
    CHECK(sets.level == 30);
    CHECK(sets.length_size == 4);
    CHECK(sets.has(0));
    CHECK(!sets.has(1));
    CHECK(to_text(sets) == configuration);
    // Number 1: "010" at its beginning.
    const std::string start = bytes({0, 0, 0, 1});
    const auto encoder = start + bytes({0x67, 77, 0x00, 31, 0x40}) + start + bytes({0x68, 0x40 | 0x08}) + start +
                         bytes({0x06, 5, 1});
    const auto more = with_sets_of(sets, encoder);
    CHECK(more.has(1));
    CHECK(more.sequence.size() == 2);
    CHECK(more.picture.size() == 2);
    CHECK(more.level == 31);
    CHECK(more.compatibility == 0);
    CHECK(with_sets_of(more, encoder) == more);
    CHECK(read_avc_sets(to_text(more)) == more);
    CHECK_THROWS(read_avc_sets(configuration.substr(0, 9)));
}

TEST_CASE("units behind start codes get their lengths, and one that is too long is none", "[withdraw]") {
    const auto units = bytes({0, 0, 0, 1, 0x65, 1, 2, 0, 0, 1, 0x41, 3});
    CHECK(behind_lengths(units, 4) == bytes({0, 0, 0, 3, 0x65, 1, 2, 0, 0, 0, 2, 0x41, 3}));
    CHECK(behind_lengths(units, 1) == bytes({3, 0x65, 1, 2, 2, 0x41, 3}));
    CHECK_THROWS(behind_lengths(bytes({0, 0, 1}) + std::string(300, 'x'), 1));
}
