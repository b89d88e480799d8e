#include "transcoder/documents/picture_size.h"

#include <catch2/catch.hpp>

#include <string>

TEST_CASE("a picture's size is read of a whole JPEG alone", "[transcoder]") {
    using transcoder::documents::jpeg_size;
    using namespace std::string_literals;
    const auto whole = "\xff\xd8\xff\xe0\x00\x04xx\xff\xc2\x00\x0b\x08\x03\x2a\x05\xa0\x01\xff\xd9"s;
    CHECK(jpeg_size(whole) == transcoder::documents::PictureSize{1440, 810});
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(jpeg_size(whole.substr(0, length)));
    CHECK_FALSE(jpeg_size("\xff\xd8\xff\xe0\xff\xffxx\xff\xd9"s));
    CHECK_FALSE(jpeg_size("\x89PNG\r\n"s));
}
