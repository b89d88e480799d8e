#include "tests/support/rtmp/exchange.h"

#include "server/live/rtmp/big_endian.h"

#include <algorithm>

namespace test::rtmp {

using namespace server::live::rtmp;

namespace {

AmfValue text(std::string value) { return {std::move(value)}; }

void append_basic_header(std::string& bytes, int format, std::uint32_t id) {
    const auto first = static_cast<char>(format << 6);
    if (id < 64) {
        bytes.push_back(static_cast<char>(first | static_cast<char>(id)));
        return;
    }
    bytes.push_back(static_cast<char>(first | (id < 320 ? 0 : 1)));
    bytes.push_back(static_cast<char>((id - 64) & 0xff));
    if (id >= 320)
        bytes.push_back(static_cast<char>((id - 64) >> 8));
}

} // namespace

std::string handshake() {
    std::string bytes("\x03");
    bytes.append(2 * 1536, 'r');
    return bytes;
}

std::string in_chunks(const Message& message, std::uint32_t chunk_stream, std::size_t chunk_size) {
    constexpr std::uint32_t extended = 0xffffff;
    const bool is_extended = message.timestamp >= extended;
    std::string bytes;
    append_basic_header(bytes, 0, chunk_stream);
    append_number(bytes, std::min(message.timestamp, extended), 3);
    append_number(bytes, static_cast<std::uint32_t>(message.payload.size()), 3);
    bytes.push_back(static_cast<char>(message.type));
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>(message.stream >> shift & 0xff));
    for (std::size_t at = 0; at == 0 || at < message.payload.size(); at += chunk_size) {
        if (at > 0)
            append_basic_header(bytes, 3, chunk_stream);
        if (is_extended)
            append_number(bytes, message.timestamp, 4);
        bytes.append(message.payload, at, chunk_size);
    }
    return bytes;
}

std::string command(const std::vector<AmfValue>& values, std::uint32_t stream) {
    Message message{Message::command, 0, stream, {}};
    for (const auto& value : values)
        append_amf(message.payload, value);
    return in_chunks(message);
}

std::string asking_to_publish(const std::string& key) {
    const AmfValue::Object about{{"app", text("live")},
                                 {"type", text("nonprivate")},
                                 {"flashVer", text("FMLE/3.0 (compatible; Lavf59.27.100)")},
                                 {"tcUrl", text("rtmp://127.0.0.1:1935/live")}};
    return command({text("connect"), {1.0}, {about}}) +
           command({text("releaseStream"), {2.0}, {}, text(key)}) +
           command({text("FCPublish"), {3.0}, {}, text(key)}) +
           command({text("createStream"), {4.0}, {}}) +
           command({text("publish"), {5.0}, {}, text(key), text("live")}, 1);
}

std::string metadata() {
    std::string bytes;
    append_amf(bytes, text("onMetaData"));
    append_amf(bytes, {AmfValue::Object{{"width", {160.0}}, {"height", {90.0}}}});
    return bytes;
}

std::string setting_metadata() {
    std::string bytes;
    append_amf(bytes, text("@setDataFrame"));
    return bytes + metadata();
}

Message video(std::uint32_t timestamp, std::string body) {
    return {Message::video, timestamp, 1, std::move(body)};
}

Message audio(std::uint32_t timestamp, std::string body) {
    return {Message::audio, timestamp, 1, std::move(body)};
}

std::string short_stream() {
    using namespace std::string_literals;
    return in_chunks({Message::data, 0, 1, setting_metadata()}, 4) +
           in_chunks(video(0, "\x17\0\0\0\0parameters"s), 6) +
           in_chunks(audio(0, "\xaf\0\x11\x90"s), 4) +
           in_chunks(video(0, "\x17\x01\0\0\0"s + std::string(700, 'k')), 6) +
           in_chunks(audio(21, "\xaf\x01sound"s), 4) +
           in_chunks(video(33, "\x27\x01\0\0\0"s + std::string(90, 'p')), 6);
}

} // namespace test::rtmp
