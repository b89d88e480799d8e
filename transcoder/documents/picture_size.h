#pragma once

#include <optional>
#include <string_view>

namespace transcoder::documents {

struct PictureSize {
    int width = 0;
    int height = 0;
    friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

/// The size that a JPEG's frame header tells; none where the bytes are not a whole JPEG.
std::optional<PictureSize> jpeg_size(std::string_view bytes);

} // namespace transcoder::documents
