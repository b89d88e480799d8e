#include "server/upload/checksum.h"
#include "server/upload/tus_fields.h"

#include <catch2/catch.hpp>

using namespace server::upload;

TEST_CASE("upload metadata names the file and what it is for", "[server]") {
    // "第1回.mp4", "video/mp4", "lec-01"
    const auto read = read_metadata("filename 56ysMeWbni5tcDQ=,filetype dmlkZW8vbXA0, video bGVjLTAx,x");
    REQUIRE(read.has_value());
    CHECK(*read == Description{"第1回.mp4", "video/mp4", catalog::VideoId("lec-01"), {}});
    CHECK(*read_metadata("") == Description{});
}

TEST_CASE("upload metadata that is none is refused", "[server]") {
    const std::string_view field = GENERATE(
        "filename ***", ",", "filename /w==",  // no UTF-8
        "filename YQpi",                                // a newline
        "video Li4vZXRj",                               // ../etc
        "video YQ==,material Yg==");
    CAPTURE(field);
    CHECK(read_metadata(field).has_error());
}

TEST_CASE("a file's name gives a title and an ending, and never a path", "[server]") {
    CHECK(title_of("C:\\録画\\第1回 講演.mp4") == "第1回 講演");
    CHECK(title_of("/etc/passwd") == "passwd");
    CHECK(title_of(".mp4") == ".mp4");
    CHECK(title_of("") == "無題");
    CHECK(ending_of("a.MP4") == ".mp4");
    CHECK(ending_of("a.tar/../x") == ".bin");
    CHECK(ending_of("a.m p") == ".bin");
    CHECK(ending_of("a.longest") == ".bin");
    CHECK(ending_of("mp4") == ".bin");
}

TEST_CASE("numbers of the protocol are digits and nothing else", "[server]") {
    CHECK(read_number("0") == 0U);
    CHECK(read_number("9223372036854775807") == 9223372036854775807U);
    for (const std::string_view text : {"", "-1", "+1", "1.0", " 1", "9223372036854775808", "0x1"}) {
        CAPTURE(text);
        CHECK_FALSE(read_number(text));
    }
}

TEST_CASE("a checksum matches what it was made of, in either of its algorithms", "[server]") {
    const std::string_view field = GENERATE("sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=",
                                            "sha256 LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
                                            "md5 XUFAKrxLKna5cZ2REBfFkg==");
    const auto add = [](Checksum& checksum, std::string_view text) {
        checksum.add(std::as_bytes(std::span(text)));
    };
    auto right = Checksum::read(field);
    REQUIRE(right.has_value());
    add(*right, "hel");
    add(*right, "lo");
    CHECK(right->matches());
    auto wrong = Checksum::read(field);
    add(*wrong, "hallo");
    CHECK_FALSE(wrong->matches());
    CHECK(Checksum::read("sha1").has_error());
    CHECK(Checksum::read("crc32 AAAA").has_error());
}

TEST_CASE("an expiry is told as HTTP tells dates", "[server]") {
    CHECK(http_date(*catalog::time::parse_rfc3339("2021-12-29T00:00:00+09:00")) ==
          "Tue, 28 Dec 2021 15:00:00 GMT");
}
