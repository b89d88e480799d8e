#include "transcoder/stills/slide_files.h"

#include "transcoder/av/still.h"

#include <nlohmann/json.hpp>

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

void write(const folder::FreshFolder& folder, const std::string& name, const AVFrame& picture) {
    constexpr auto webp = av::StillKind::webp;
    const auto still = av::to_still(picture, {picture.width, picture.height}, webp);
    folder.write(name, av::encode_still(*still, webp));
}

} // namespace

void SlideFiles::add(const Slide& slide, const AVFrame& picture) {
    if (writing_.valid())
        writing_.get();
    slides_.push_back(slide);
    writing_ = std::async(std::launch::async,
                          [this, name = name_of(slides_.size()),
                           kept = std::shared_ptr<const AVFrame>(av::another(picture))] {
                              write(folder_, name, *kept);
                          });
}

void SlideFiles::finish() {
    if (writing_.valid())
        writing_.get();
    auto list = nlohmann::ordered_json::array();
    for (const auto& slide : slides_)
        list.push_back({{"at_s", seconds(slide.begin)},
                        {"until_s", seconds(slide.end)},
                        {"file", name_of(list.size() + 1)}});
    folder_.write("slides.json", list.dump(1) + "\n");
}

} // namespace transcoder::stills
