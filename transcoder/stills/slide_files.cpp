#include "transcoder/stills/slide_files.h"

#include "transcoder/av/still.h"

#include <array>
#include <cstdio>

namespace transcoder::stills {

namespace {

/// Milliseconds say all that chapters need.
double seconds(std::chrono::microseconds time) {
    return static_cast<double>(std::chrono::round<std::chrono::milliseconds>(time).count()) / 1000;
}

std::string name_of(std::size_t number) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "slide-%04zu.webp", number);
    return name.data();
}

} // namespace

void SlideFiles::add(const Slide& slide, const AVFrame& picture) {
    const auto name = name_of(list_.size() + 1);
    const auto still =
        av::to_still(picture, {picture.width, picture.height}, av::StillKind::webp);
    folder_.write(name, av::encode_still(*still, av::StillKind::webp));
    list_.push_back(
        {{"at_s", seconds(slide.begin)}, {"until_s", seconds(slide.end)}, {"file", name}});
}

void SlideFiles::finish() const { folder_.write("slides.json", list_.dump(1) + "\n"); }

} // namespace transcoder::stills
