#include "server/live/rtmp/conversation.h"

#include "tests/support/rtmp/exchange.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace server::live::rtmp;
using namespace test::rtmp;
using namespace std::string_literals;
using catalog::Refusal;

namespace {

const std::string key = "0123456789abcdef0123456789abcdef";

void must(const catalog::Result<void>& done) { REQUIRE(done.has_value()); }

/// Takes what `conversation` answers, without the handshake, as the commands that it holds.
std::vector<std::vector<AmfValue>> commands_in(std::string_view answers) {
    std::vector<std::vector<AmfValue>> commands;
    ChunkReader reader;
    const auto set_size = in_chunks({Message::set_chunk_size, 0, 0, "\0\0\x10\0"s}, 2);
    std::string_view first = set_size;
    REQUIRE(reader.next(first).value().has_value());
    while (const auto message = reader.next(answers).value())
        if (message->type == Message::command)
            commands.push_back(read_amf(message->payload).value());
    return commands;
}

/// Past the handshake, and asking.
Conversation asking() {
    Conversation conversation;
    must(conversation.receive(handshake()));
    conversation.take_answers();
    must(conversation.receive(asking_to_publish(key)));
    REQUIRE(conversation.state() == Conversation::State::asks);
    return conversation;
}

Conversation publishing() {
    auto conversation = asking();
    must(conversation.accept());
    conversation.take_answers();
    return conversation;
}

struct Heard {
    std::string key;
    std::vector<Tag> tags;
    friend bool operator==(const Heard&, const Heard&) = default;
};

void take(Conversation& conversation, Heard& heard) {
    if (conversation.state() == Conversation::State::asks) {
        heard.key = conversation.key();
        must(conversation.accept());
    }
    for (auto& tag : conversation.take_tags())
        heard.tags.push_back(std::move(tag));
}

} // namespace

TEST_CASE("a publisher is greeted, and told how its commands ended", "[live]") {
    Conversation conversation;
    must(conversation.receive(handshake()));
    const auto greeting = conversation.take_answers();
    CHECK(greeting.size() == 1 + 2 * 1536);
    CHECK(greeting.substr(1 + 1536) == std::string(1536, 'r'));

    must(conversation.receive(asking_to_publish(key)));
    CHECK(conversation.key() == key);
    const auto commands = commands_in(conversation.take_answers());
    REQUIRE(commands.size() == 4);
    for (std::size_t each = 0; each < commands.size(); ++each) {
        CHECK(*commands[each][0].text() == "_result");
        CHECK(*commands[each][1].number() == static_cast<double>(each + 1));
    }
    CHECK(*commands[3][3].number() == 1);

    must(conversation.accept());
    const auto status = commands_in(conversation.take_answers()).at(0);
    CHECK(*status[0].text() == "onStatus");
    CHECK(*status[3].member("code")->text() == "NetStream.Publish.Start");
}

TEST_CASE("a publisher who is refused reads why", "[live]") {
    auto conversation = asking();
    conversation.take_answers();
    conversation.refuse_publisher("The key is not right.");
    const auto status = commands_in(conversation.take_answers()).at(0);
    CHECK(*status[3].member("level")->text() == "error");
    CHECK(*status[3].member("description")->text() == "The key is not right.");
    CHECK(conversation.state() == Conversation::State::ended);
}

TEST_CASE("a key may have parameters of the encoder's behind it", "[live]") {
    Conversation conversation;
    must(conversation.receive(handshake() + asking_to_publish(key + "?backup=1")));
    CHECK(conversation.key() == key);
}

TEST_CASE("what is published comes out as the tags of an FLV file", "[live]") {
    auto conversation = publishing();
    must(conversation.receive(short_stream()));
    const auto tags = conversation.take_tags();
    REQUIRE(tags.size() == 6);
    CHECK(tags[0] == Tag{Tag::script, 0, metadata()});
    CHECK(tags[1].is_sequence_header());
    CHECK(tags[2] == Tag{Tag::audio, 0, "\xaf\0\x11\x90"s});
    CHECK(tags[3].is_key_frame());
    CHECK(tags[3].body.size() == 705);
    CHECK(tags[4] == Tag{Tag::audio, 21, "\xaf\x01sound"s});
    CHECK_FALSE(tags[5].is_key_frame());
    CHECK(to_bytes(tags[4]) == "\x08\0\0\x07\0\0\x15\0\0\0\0\xaf\x01sound\0\0\0\x12"s);
}

TEST_CASE("it matters nowhere where the network cuts an exchange", "[live]") {
    const auto exchange = handshake() + asking_to_publish(key) + short_stream();
    Conversation whole;
    Heard expected;
    must(whole.receive(exchange));
    take(whole, expected);
    REQUIRE(expected.tags.size() == 6);
    for (std::size_t cut = 0; cut < exchange.size(); ++cut) {
        Conversation conversation;
        Heard heard;
        must(conversation.receive(std::string_view(exchange).substr(0, cut)));
        take(conversation, heard);
        must(conversation.receive(std::string_view(exchange).substr(cut)));
        take(conversation, heard);
        REQUIRE(heard == expected);
    }
    Conversation by_bytes;
    Heard heard;
    for (const char byte : exchange) {
        must(by_bytes.receive({&byte, 1}));
        take(by_bytes, heard);
    }
    CHECK(heard == expected);
}

TEST_CASE("chunks of several streams lie between each other", "[live]") {
    const auto picture = in_chunks(video(0, "\x17\x01"s + std::string(254, 'k')), 6);
    const auto sound = in_chunks(audio(5, "\xaf\x01sound"s), 4);
    const std::size_t first_chunk = 12 + 128;
    auto conversation = publishing();
    must(conversation.receive(picture.substr(0, first_chunk) + sound +
                                 picture.substr(first_chunk)));
    const auto tags = conversation.take_tags();
    REQUIRE(tags.size() == 2);
    CHECK(tags[0].type == Tag::audio);
    CHECK(tags[1].body == "\x17\x01"s + std::string(254, 'k'));
}

TEST_CASE("headers of the shorter formats go on from the one before", "[live]") {
    auto conversation = publishing();
    const auto first = in_chunks(audio(40, "\xaf\x01one"s), 4);
    const auto same_stream = "\x44\0\0\x14\0\0\x05\x08\xaf\x01two"s;
    const auto same_length = "\x84\0\0\x16\xaf\x01six"s;
    const auto same_step = "\xc4\xaf\x01ten"s;
    must(conversation.receive(first + same_stream + same_length + same_step));
    const auto tags = conversation.take_tags();
    REQUIRE(tags.size() == 4);
    std::vector<std::uint32_t> times;
    for (const auto& tag : tags)
        times.push_back(tag.timestamp);
    CHECK(times == std::vector<std::uint32_t>{40, 60, 82, 104});
    CHECK(tags[3].body == "\xaf\x01ten"s);
}

TEST_CASE("timestamps beyond four hours and a half have four bytes", "[live]") {
    const auto id = GENERATE(4U, 64U, 400U);
    auto conversation = publishing();
    must(conversation.receive(in_chunks(video(0x01020304, "\x17\x01"s + std::string(300, 'k')), id)));
    const auto tags = conversation.take_tags();
    REQUIRE(tags.size() == 1);
    CHECK(tags[0].timestamp == 0x01020304);
    CHECK(tags[0].body.size() == 302);
    CHECK(to_bytes(tags[0]).substr(4, 4) == "\x02\x03\x04\x01");
}

TEST_CASE("the size of chunks can be set, and a message be given up", "[live]") {
    auto conversation = publishing();
    const auto picture = in_chunks(video(0, "\x17\x01"s + std::string(400, 'k')), 6, 4096);
    const auto set_size = in_chunks({Message::set_chunk_size, 0, 0, "\0\0\x10\0"s}, 2);
    const auto begun = in_chunks(audio(0, "\xaf\x01"s + std::string(5000, 's')), 4, 4096).substr(0, 4108);
    const auto abort = in_chunks({Message::abort, 0, 0, "\0\0\0\x04"s}, 2, 4096);
    const auto other = in_chunks(audio(3, "\xaf\x01other"s), 4, 4096);
    must(conversation.receive(set_size + begun + abort + picture + other));
    const auto tags = conversation.take_tags();
    REQUIRE(tags.size() == 2);
    CHECK(tags[0].body.size() == 402);
    CHECK(tags[1].body == "\xaf\x01other"s);
}

TEST_CASE("who asks for acknowledgements gets them", "[live]") {
    auto conversation = publishing();
    must(conversation.receive(in_chunks({Message::window_size, 0, 0, "\0\0\x04\0"s}, 2)));
    must(conversation.receive(in_chunks(audio(0, "\xaf\x01"s + std::string(1200, 's')), 4)));
    const auto answers = conversation.take_answers();
    std::string_view left = answers;
    const auto message = ChunkReader().next(left).value();
    REQUIRE(message.has_value());
    CHECK(message->type == Message::acknowledgement);
}

TEST_CASE("what cannot be taken is refused in words that the encoder shows", "[live]") {
    struct Case {
        Message message;
        std::string said;
    };
    const auto sent = GENERATE(
        Case{video(0, "\x90hvc1\0\0\0"s), "hvc1"}, Case{video(0, "\x90" "av01\0"s), "av01"},
        Case{video(0, "\x90"s), "H.264"}, Case{video(0, "\x12\0"s), "H.264"},
        Case{audio(0, "\x2f\xff"s), "AAC"}, Case{audio(0, "\x90Opus"s), "AAC"},
        Case{{Message::aggregate, 0, 1, "x"}, "Aggregate"});
    auto conversation = publishing();
    const auto received = conversation.receive(in_chunks(sent.message, 6));
    REQUIRE(received.has_error());
    CHECK(received.error().kind == Refusal::unsupported);
    const auto status = commands_in(conversation.take_answers()).at(0);
    CHECK(*status[3].member("level")->text() == "error");
    CHECK(status[3].member("description")->text()->find(sent.said) != std::string::npos);
    CHECK(conversation.state() == Conversation::State::ended);
}

TEST_CASE("what is not RTMP, or goes beyond its bounds, is refused", "[live]") {
    auto deep = std::string("\x02\0\x07" "connect\0\x3f\xf0\0\0\0\0\0\0"s);
    for (int level = 0; level < 20; ++level)
        deep += "\x03\0\x01" "a"s;
    std::string many_streams;
    for (std::uint32_t id = 3; id < 30; ++id)
        many_streams += in_chunks({Message::user_control, 0, 0, "x"}, id);
    const auto bytes = GENERATE_COPY(
        "\x03\xff\xff\xff"s, "\xc5"s, in_chunks({Message::command, 0, 0, deep}),
        in_chunks({Message::command, 0, 0, "\x02\0\x10" "cut"s}),
        in_chunks({Message::command, 0, 0, "\x05"s}), many_streams,
        "\x03\0\0\0\xff\xff\xff\x09\x01\0\0\0"s, in_chunks(video(0, "\x17\x01"s)),
        in_chunks({Message::set_chunk_size, 0, 0, "\0\0\0\0"s}, 2),
        in_chunks({Message::set_chunk_size, 0, 0, "\x01"s}, 2));
    Conversation conversation;
    auto received = conversation.receive(handshake() + bytes);
    if (received) // the first case is a header that is not all there
        received = conversation.receive(std::string(64, '\xff'));
    CHECK(received.has_error());
}

TEST_CASE("who speaks another version is no publisher", "[live]") {
    Conversation conversation;
    CHECK(conversation.receive("GET / HTTP/1.1\r\n").has_error());
}

TEST_CASE("a publisher says when it is through", "[live]") {
    const auto name = GENERATE("deleteStream"s, "closeStream"s, "FCUnpublish"s);
    auto conversation = publishing();
    must(conversation.receive(command({{name}, {6.0}, {}, {1.0}}, 1)));
    CHECK(conversation.state() == Conversation::State::ended);
}

TEST_CASE("AMF0 is read as it is written", "[live]") {
    CHECK(read_amf("\x02\0\x03" "abc\0\x40\x08\0\0\0\0\0\0\x01\x01\x05\x06"s).value() ==
          std::vector<AmfValue>{{"abc"s}, {3.0}, {true}, {}, {}});
    CHECK(read_amf("\x08\0\0\0\0\0\x01" "a\x02\0\x01" "b\0\0\x09"s).value() ==
          std::vector<AmfValue>{{AmfValue::Object{{"a", {"b"s}}}}});
    CHECK(read_amf("\x0a\0\0\0\x02\x05\x0c\0\0\0\x01z"s).value() ==
          std::vector<AmfValue>{{AmfValue::Array{{}, {"z"s}}}});
    const auto bad = GENERATE("\x07\0\x01"s, "\x10\0\0"s, "\x11\x01"s, "\x0a\xff\xff\xff\xff"s,
                              "\x03\0\x01" "a"s, "\0\0"s, "\x0c\xff\xff\xff\xff" "a"s);
    CHECK(read_amf(bad).has_error());
    std::string written;
    const AmfValue value{AmfValue::Object{{"a", {1.5}}, {"b", {AmfValue::Array{{true}, {}}}}}};
    append_amf(written, value);
    CHECK(read_amf(written).value() == std::vector{value});
}

TEST_CASE("a decoder that begins in the middle gets the parameters first", "[live]") {
    auto conversation = publishing();
    must(conversation.receive(short_stream()));
    FlvBeginning beginning;
    for (const auto& tag : conversation.take_tags())
        beginning.heard(tag);
    const auto bytes = beginning.bytes(1000);
    CHECK(bytes.starts_with("FLV\x01\x05\0\0\0\x09\0\0\0\0"s));
    CHECK(bytes.find("onMetaData") != std::string::npos);
    CHECK(bytes.find("parameters") != std::string::npos);
    CHECK(bytes.find("\xaf\0\x11\x90"s) != std::string::npos);
    CHECK(bytes.find("sound") == std::string::npos);
}
