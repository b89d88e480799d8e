#pragma once

#include <string>

namespace server::api {

/// A QR code as a path of SVG: squares of one unit, the quiet zone of four included.
struct QrCode {
    int size = 0;      ///< units a side
    std::string path;  ///< of its dark squares
};

/// Throws std::runtime_error where the text is too long for one.
QrCode qr_code(const std::string& text);

} // namespace server::api
