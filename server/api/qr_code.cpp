#include "server/api/qr_code.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace server::api {

QrCode qr_code(const std::string& text) {
    constexpr int quiet = 4;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        throw std::runtime_error("a text of " + std::to_string(text.size()) + " bytes makes no QR code");
    QrCode drawn{code->width + 2 * quiet, {}};
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            const unsigned char square = code->data[y * code->width + x];
            if ((square & 1U) != 0)
                drawn.path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h1v1h-1z";
        }
    }
    return drawn;
}

} // namespace server::api
