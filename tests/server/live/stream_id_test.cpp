#include "server/live/srt_stream_id.h"

#include <catch2/catch.hpp>

using namespace server::live;

TEST_CASE("an SRT stream id is a key, or says what it asks for", "[live]") {
    using enum SrtStreamId::Encryption;
    CHECK(read_stream_id("0a1b") == SrtStreamId{"0a1b", none});
    CHECK(read_stream_id("#!::r=0a1b,m=publish") == SrtStreamId{"0a1b", none});
    CHECK(read_stream_id("#!::m=publish,r=0a1b,e=1") == SrtStreamId{"0a1b", by_passphrase});
    CHECK(read_stream_id("#!::u=somebody,r=0a1b") == SrtStreamId{"0a1b", none});
}

TEST_CASE("a stream id without a key, or of who wants to play, is refused", "[live]") {
    const auto* text = GENERATE("", "#!::", "#!::r=", "#!::m=publish", "#!::r=0a1b,m=request",
                                "#!::r=0a1b,m=bidirectional", "#!::,,,");
    CHECK_FALSE(read_stream_id(text));
}
