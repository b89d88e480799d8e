#include "catalog/encoding.h"

#include <iconv.h>

#include <stdexcept>

namespace catalog {

namespace {

/// A conversion to UTF-8 by the C library.
class Conversion {
  public:
    explicit Conversion(const char* from) : handle_(::iconv_open("UTF-8", from)) {
        // POSIX, iconv_open: (iconv_t)-1 where it knows no such encoding.
        if (handle_ == reinterpret_cast<iconv_t>(-1)) {
            throw std::runtime_error(std::string("this system cannot read ") + from);
        }
    }
    Conversion(const Conversion&) = delete;
    Conversion& operator=(const Conversion&) = delete;
    ~Conversion() { ::iconv_close(handle_); }

    /// Nothing where `bytes` are not in that encoding.
    std::optional<std::string> of(std::string_view bytes) {
        // No letter of two bytes takes more than three in UTF-8, and none of one byte either.
        std::string text(bytes.size() * 3, '\0');
        std::string input(bytes);
        char* in = input.data();
        std::size_t in_left = input.size();
        char* out = text.data();
        std::size_t out_left = text.size();
        if (::iconv(handle_, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) {
            return std::nullopt;
        }
        text.resize(text.size() - out_left);
        return text;
    }

  private:
    iconv_t handle_;
};

} // namespace

std::optional<std::string> utf8_of(std::string_view bytes) {
    if (auto text = Conversion("UTF-8").of(bytes)) {
        return text;
    }
    return Conversion("CP932").of(bytes);
}

} // namespace catalog
