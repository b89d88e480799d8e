#include "transcoder/stills/slide_finder.h"

#include "transcoder/av/failure.h"
#include "transcoder/stills/poster.h"

#include <catch2/catch.hpp>

#include <cstring>

using namespace std::chrono_literals;
using namespace transcoder;
using stills::Slide;

namespace {

constexpr int width = 640;
constexpr int height = 360;

av::Frame white() {
    auto picture = av::make_frame();
    picture->format = AV_PIX_FMT_YUV420P;
    picture->width = width;
    picture->height = height;
    av::check(av_frame_get_buffer(picture.get(), 0), "make a picture");
    for (int y = 0; y < height; ++y)
        std::memset(picture->data[0] + y * picture->linesize[0], 235, width);
    return picture;
}

void fill(AVFrame& picture, int x, int y, int wide, int high, int light) {
    for (int row = y; row < y + high; ++row)
        std::memset(picture.data[0] + row * picture.linesize[0] + x, light,
                    static_cast<std::size_t>(wide));
}

/// Lines of words, other ones on each slide.
av::Frame slide(int number, int lines = 6) {
    auto picture = white();
    for (int line = 0; line < lines; ++line)
        for (int word = 0; word < 8; ++word)
            if ((number * 37 + line * 11 + word * 5) % 3 != 0)
                fill(*picture, 40 + word * 64, 40 + line * 40, 50, 20, 30);
    return picture;
}

/// A speaker in a quarter of the width and height, who moves.
void add_speaker(AVFrame& picture, int second) {
    fill(picture, 470, 260, 160, 90, 100);
    fill(picture, 480 + second * 29 % 100, 270, 40, 80, 200);
}

/// Fills the picture, and is never twice the same.
av::Frame film(int second) {
    auto picture = white();
    for (int y = 0; y < height; y += 20)
        for (int x = 0; x < width; x += 20)
            fill(*picture, x, y, 20, 20, 20 + (x * 7 + y * 13 + second * 71) % 200);
    return picture;
}

/// Half of its blocks change each time, here and there, and each of them within a few times.
av::Frame wandering(int second) {
    auto picture = white();
    for (int y = 0; y < height; y += 20)
        for (int x = 0; x < width; x += 20) {
            const int place = x / 20 * 7 + y / 20 * 5;
            fill(*picture, x, y, 20, 20, 20 + (place + (second + place % 2) / 2 * 71) % 200);
        }
    return picture;
}

void add_film(AVFrame& picture, int second) {
    for (int y = 180; y < height; y += 20)
        for (int x = 400; x < width; x += 20)
            fill(picture, x, y, 20, 20, 20 + (x * 7 + y * 13 + second * 71) % 200);
}

/// A picture each two seconds.
std::vector<Slide> find(const std::vector<av::Frame>& pictures) {
    stills::SlideFinder finder;
    auto at = 0us;
    for (const auto& picture : pictures) {
        finder.add(at, *picture);
        at += 2s;
    }
    return finder.finish(at);
}

} // namespace

TEST_CASE("a slide lasts until another one stands, whatever a speaker does in a corner",
          "[transcoder]") {
    std::vector<av::Frame> pictures;
    for (int i = 0; i < 12; ++i) {
        pictures.push_back(slide(i < 5 ? 1 : 2));
        add_speaker(*pictures.back(), i);
    }
    CHECK(find(pictures) == std::vector<Slide>{{0s, 10s, 8s, 0s}, {10s, 24s, 22s, 8s}});
}

TEST_CASE("lines that come one after the other do not make a slide another", "[transcoder]") {
    std::vector<av::Frame> pictures;
    for (const int lines : {1, 1, 2, 2, 3, 3})
        pictures.push_back(slide(1, lines));
    CHECK(find(pictures) == std::vector<Slide>{{0s, 12s, 10s, 0s}});
}

TEST_CASE("a film makes no slides, and what stands behind it is one", "[transcoder]") {
    std::vector<av::Frame> pictures;
    for (int i = 0; i < 4; ++i)
        pictures.push_back(slide(1));
    for (int i = 0; i < 6; ++i)
        pictures.push_back(film(i));
    for (int i = 0; i < 4; ++i)
        pictures.push_back(slide(2));
    CHECK(find(pictures) == std::vector<Slide>{{0s, 20s, 6s, 0s}, {20s, 28s, 26s, 18s}});
}

TEST_CASE("a camera that wanders makes no slides, though some of its picture is as it was a moment ago",
          "[transcoder]") {
    // Each two seconds of a hand-held camera over even ground was a slide once: 27 in two minutes.
    std::vector<av::Frame> pictures;
    for (int i = 0; i < 12; ++i)
        pictures.push_back(wandering(i));
    CHECK(find(pictures) == std::vector<Slide>{{0s, 24s, 0s, 0s}});
}

TEST_CASE("a slide with a film on a fifth of it is one", "[transcoder]") {
    std::vector<av::Frame> pictures;
    for (int i = 0; i < 8; ++i) {
        pictures.push_back(slide(i < 4 ? 1 : 2));
        add_film(*pictures.back(), i);
    }
    CHECK(find(pictures) == std::vector<Slide>{{0s, 8s, 6s, 0s}, {8s, 16s, 14s, 6s}});
}

TEST_CASE("what flashes by belongs to the slide before it", "[transcoder]") {
    std::vector<av::Frame> pictures;
    for (const int number : {1, 1, 1, 2, 3, 3, 3, 1})
        pictures.push_back(slide(number));
    CHECK(find(pictures) == std::vector<Slide>{{0s, 8s, 4s, 0s}, {8s, 16s, 12s, 6s}});
}

TEST_CASE("a recording shorter than a slide stands has one, and none has none", "[transcoder]") {
    std::vector<av::Frame> pictures;
    CHECK(find(pictures).empty());
    pictures.push_back(slide(1));
    CHECK(find(pictures) == std::vector<Slide>{{0s, 2s, 0s, 0s}});
}

TEST_CASE("the poster is the first picture that shows something", "[transcoder]") {
    const auto black = white();
    fill(*black, 0, 0, width, height, 16);
    const auto blank = white();
    fill(*blank, 0, 0, 4, 4, 16);
    stills::PosterChoice poster;
    poster.add(0s, *black);
    poster.add(2s, *blank);
    CHECK(poster.chosen() == 2s);
    poster.add(4s, *slide(1));
    poster.add(6s, *film(1));
    CHECK(poster.chosen() == 4s);
}
