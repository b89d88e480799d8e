#pragma once

#include "catalog/result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace server::play {

/// The name of a file of small pictures: "thumbnails-", then a number without zeros in front, ".jpg".
bool is_thumbnails_name(std::string_view name);
/// That of a slide: "slide-", then four digits or more, ".webp".
bool is_slide_name(std::string_view name);

/// A rectangle of a file of small pictures, and the time it stands for: `[begin, end)`.
struct Thumbnail {
    std::chrono::milliseconds begin{0};
    std::chrono::milliseconds end{0};
    std::string file;
    struct Place {
        int x = 0;
        int y = 0;
        int width = 0;
        int height = 0;
        friend bool operator==(const Place&, const Place&) = default;
    } place;
    friend bool operator==(const Thumbnail&, const Thumbnail&) = default;
};

/// A picture of what stands on the screen for a while: `[begin, end)`.
struct Slide {
    std::chrono::milliseconds begin{0};
    std::chrono::milliseconds end{0};
    std::string file;
    friend bool operator==(const Slide&, const Slide&) = default;
};

/// `thumbnails.vtt`, on disk and as it is served. Refuses (invalid) what `to_text` would not write.
catalog::Result<std::vector<Thumbnail>> parse_thumbnails(std::string_view text);
std::string to_text(const std::vector<Thumbnail>& thumbnails);

/// `slides.json`, on disk and as it is served. Refuses (invalid) what is no such list.
catalog::Result<std::vector<Slide>> parse_slides(std::string_view text);
std::string to_text(const std::vector<Slide>& slides);

} // namespace server::play
