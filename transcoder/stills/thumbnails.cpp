#include "transcoder/stills/thumbnails.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/still.h"

extern "C" {
#include <libavutil/imgutils.h>
}

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace transcoder::stills {

namespace {

using std::chrono::microseconds;

/// Of an hour 720 tiles on eight sprites; longer recordings have them less often.
microseconds interval_of(microseconds duration) {
    constexpr std::chrono::seconds dense{5};
    constexpr std::chrono::seconds sparse{10};
    return duration <= std::chrono::hours(1) ? dense : sparse;
}

int count_of(microseconds duration, microseconds interval) {
    return static_cast<int>((duration + interval - microseconds(1)) / interval);
}

/// The picture's shape with its longer side 160.
av::Size tile_of(av::Size picture) {
    constexpr double side = 160;
    const double scale = side / std::max(picture.width, picture.height);
    const auto even = [scale](int length) {
        return std::max(2, static_cast<int>(std::lround(length * scale / 2)) * 2);
    };
    return {even(picture.width), even(picture.height)};
}

av::Frame black_picture(av::Size size) {
    auto picture = av::make_frame();
    picture->format = AV_PIX_FMT_YUV420P;
    picture->width = size.width;
    picture->height = size.height;
    picture->color_range = AVCOL_RANGE_JPEG;
    av::check(av_frame_get_buffer(picture.get(), 0), "make room for thumbnails");
    constexpr std::array<int, 3> black{0, 128, 128};
    for (std::size_t plane = 0; plane < black.size(); ++plane) {
        const int lines = plane == 0 ? size.height : size.height / 2;
        std::memset(picture->data[plane], black[plane],
                    static_cast<std::size_t>(picture->linesize[plane]) *
                        static_cast<std::size_t>(lines));
    }
    return picture;
}

/// Copies `tile` into `sprite` with its upper left corner at an even place.
void paste(const AVFrame& tile, AVFrame& sprite, int x, int y) {
    for (int plane = 0; plane < 3; ++plane) {
        const int halved = plane == 0 ? 0 : 1;
        auto* corner = sprite.data[plane] + (y >> halved) * sprite.linesize[plane] + (x >> halved);
        av_image_copy_plane(corner, sprite.linesize[plane], tile.data[plane], tile.linesize[plane],
                            tile.width >> halved, tile.height >> halved);
    }
}

/// As WebVTT says it: "00:01:05.000".
std::string clock_text(microseconds time) {
    const auto total = time / std::chrono::milliseconds(1);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld.%03lld",
                  static_cast<long long>(total / 3'600'000),
                  static_cast<long long>(total / 60'000 % 60),
                  static_cast<long long>(total / 1000 % 60), static_cast<long long>(total % 1000));
    return text.data();
}

std::string sprite_name(int number) { return "thumbnails-" + std::to_string(number) + ".jpg"; }

} // namespace

Thumbnails::Thumbnails(const folder::FreshFolder& folder, av::Size picture, microseconds duration)
    : folder_(folder), duration_(duration), interval_(interval_of(duration)),
      wanted_(count_of(duration, interval_)), tile_(tile_of(picture)) {}

void Thumbnails::add(microseconds at, const AVFrame& picture) {
    while (placed_ < wanted_ && placed_ * interval_ <= at)
        place(picture);
    last_ = av::another(picture);
}

void Thumbnails::finish() {
    while (last_ && placed_ < wanted_)
        place(*last_);
    if (sprite_)
        write_sprite();
    write_times();
}

void Thumbnails::place(const AVFrame& picture) {
    constexpr int a_sprite = columns * rows;
    if (!sprite_) {
        const int left = std::min(a_sprite, wanted_ - placed_);
        const int used_rows = (left + columns - 1) / columns;
        sprite_ = black_picture({tile_.width * columns, tile_.height * used_rows});
    }
    const int place = placed_ % a_sprite;
    const auto tile = av::to_still(picture, tile_, av::StillKind::jpeg);
    paste(*tile, *sprite_, place % columns * tile_.width, place / columns * tile_.height);
    ++placed_;
    if (placed_ % a_sprite == 0)
        write_sprite();
}

void Thumbnails::write_sprite() {
    const int number = (placed_ - 1) / (columns * rows);
    folder_.write(sprite_name(number), av::encode_still(*sprite_, av::StillKind::jpeg));
    sprite_.reset();
}

void Thumbnails::write_times() const {
    std::string text = "WEBVTT\n";
    for (int i = 0; i < placed_; ++i) {
        const int place = i % (columns * rows);
        const auto end = std::min((i + 1) * interval_, duration_);
        text += "\n" + clock_text(i * interval_) + " --> " + clock_text(end) + "\n" +
                sprite_name(i / (columns * rows)) +
                "#xywh=" + std::to_string(place % columns * tile_.width) + "," +
                std::to_string(place / columns * tile_.height) + "," +
                std::to_string(tile_.width) + "," + std::to_string(tile_.height) + "\n";
    }
    folder_.write("thumbnails.vtt", text);
}

} // namespace transcoder::stills
