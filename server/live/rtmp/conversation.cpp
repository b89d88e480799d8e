#include "server/live/rtmp/conversation.h"

#include "server/live/rtmp/big_endian.h"
#include "server/live/rtmp/chunk_writer.h"

#include <utility>

namespace server::live::rtmp {
namespace {

using catalog::Refusal;
using catalog::Result;

constexpr std::size_t random_bytes = 1536;
constexpr std::size_t longest_key = 512;
constexpr std::size_t largest_command = 64 << 10;
constexpr std::uint32_t our_window = 5'000'000;
constexpr double our_stream = 1;

AmfValue text(std::string value) { return {std::move(value)}; }

} // namespace

Result<void> Conversation::receive(std::string_view bytes) {
    if (state_ == State::ended)
        return {};
    unread_.append(bytes);
    acknowledge(bytes.size());
    return read();
}

Result<void> Conversation::read() {
    std::string_view bytes = unread_;
    if (const auto right = check_version(bytes); !right)
        return right.error();
    while (shake_hands(bytes)) {
    }
    while (handshake_ == Handshake::done &&
           (state_ == State::begins || state_ == State::publishes)) {
        const auto message = chunks_.next(bytes);
        if (!message)
            return message.error();
        if (!*message)
            break;
        if (const auto heard = hear(**message); !heard) {
            send_status("error", "NetStream.Publish.Failed", heard.error().message);
            state_ = State::ended;
            return heard.error();
        }
    }
    unread_.erase(0, unread_.size() - bytes.size());
    return {};
}

Result<void> Conversation::check_version(std::string_view bytes) const {
    // RTMP 1.0, 5.2.2: whoever is not our kind is told early; encrypted RTMP asks for version 6.
    const bool is_first = handshake_ == Handshake::version && !bytes.empty();
    if (is_first && bytes.front() != 3)
        return refuse(Refusal::invalid, "this is not plain RTMP");
    return {};
}

/// RTMP 1.0, 5.2: the simple handshake. Answers as soon as it can; true where it got on.
bool Conversation::shake_hands(std::string_view& bytes) {
    switch (handshake_) {
    case Handshake::version:
        if (bytes.empty())
            return false;
        bytes.remove_prefix(1);
        answers_.push_back(3);
        answers_.append(random_bytes, '\0');
        handshake_ = Handshake::first;
        return true;
    case Handshake::first:
        if (bytes.size() < random_bytes)
            return false;
        answers_.append(bytes.substr(0, random_bytes));
        bytes.remove_prefix(random_bytes);
        handshake_ = Handshake::second;
        return true;
    case Handshake::second:
        if (bytes.size() < random_bytes)
            return false;
        bytes.remove_prefix(random_bytes);
        handshake_ = Handshake::done;
        return true;
    case Handshake::done:
        break;
    }
    return false;
}

void Conversation::acknowledge(std::size_t came) {
    received_ += static_cast<std::uint32_t>(came);
    if (window_ == 0 || received_ - acknowledged_ < window_)
        return;
    acknowledged_ = received_;
    std::string count;
    append_number(count, received_, 4);
    send(Message::acknowledgement, std::move(count));
}

Result<void> Conversation::hear(const Message& message) {
    switch (message.type) {
    case Message::command:
        return hear_command(message.payload, message.stream);
    case Message::amf3_command:
        // A zero, then AMF0: what those that could speak AMF3 send in fact.
        if (message.payload.empty() || message.payload.front() != 0)
            return refuse(Refusal::invalid, "a command of RTMP cannot be read");
        return hear_command(std::string_view(message.payload).substr(1), message.stream);
    case Message::audio:
    case Message::video:
        return hear_media(message);
    case Message::data:
        hear_data(message);
        return {};
    case Message::aggregate:
        return refuse(Refusal::unsupported, "集約メッセージは使えません。 / Aggregate messages are not taken.");
    default:
        return hear_control(message);
    }
}

Result<void> Conversation::hear_control(const Message& message) {
    if (message.type == Message::window_size && message.payload.size() >= 4)
        window_ = read_number(message.payload, 4);
    return {};
}

Result<void> Conversation::hear_command(std::string_view payload, std::uint32_t stream) {
    if (payload.size() > largest_command)
        return refuse(Refusal::too_large, "a command of RTMP is too large");
    const auto values = read_amf(payload);
    if (!values)
        return values.error();
    const auto* name = values->empty() ? nullptr : values->front().text();
    if (!name || values->size() < 2 || !(*values)[1].number())
        return refuse(Refusal::invalid, "a command of RTMP cannot be read");
    const auto& transaction = (*values)[1];
    if (*name == "connect")
        connect(transaction);
    else if (*name == "createStream")
        send_command({text("_result"), transaction, {}, {our_stream}});
    else if (*name == "publish")
        return publish(*values, stream);
    else if (*name == "releaseStream" || *name == "FCPublish" || *name == "_checkbw")
        send_command({text("_result"), transaction, {}, {}});
    else if (*name == "deleteStream" || *name == "closeStream" || *name == "FCUnpublish")
        state_ = state_ == State::publishes ? State::ended : state_;
    else if (*name == "play")
        return refuse(Refusal::unsupported, "ここでは視聴できません。 / There is nothing to play here.");
    return {};
}

void Conversation::connect(const AmfValue& transaction) {
    std::string window;
    append_number(window, our_window, 4);
    send(Message::window_size, window);
    constexpr char dynamic = 2;
    send(Message::peer_bandwidth, window + dynamic);
    std::string size;
    append_number(size, our_chunk_size, 4);
    send(Message::set_chunk_size, std::move(size));
    our_chunk_size_ = our_chunk_size;
    const AmfValue::Object properties{{"fmsVer", text("FMS/3,0,1,123")}, {"capabilities", {31.0}}};
    const AmfValue::Object information{{"level", text("status")},
                                       {"code", text("NetConnection.Connect.Success")},
                                       {"description", text("Connection succeeded.")},
                                       {"objectEncoding", {0.0}}};
    send_command({text("_result"), transaction, {properties}, {information}});
}

Result<void> Conversation::publish(const Values& values, std::uint32_t stream) {
    const auto* key = values.size() > 3 ? values[3].text() : nullptr;
    if (!key || key->size() > longest_key || state_ != State::begins)
        return refuse(Refusal::invalid, "a command of RTMP cannot be read");
    // Some append their own parameters: "key?name=value".
    key_ = key->substr(0, key->find('?'));
    stream_ = stream;
    state_ = State::asks;
    return {};
}

Result<void> Conversation::accept() {
    state_ = State::publishes;
    send_status("status", "NetStream.Publish.Start", "Publishing.");
    return read();
}

void Conversation::refuse_publisher(const std::string& sentence) {
    send_status("error", "NetStream.Publish.BadName", sentence);
    state_ = State::ended;
}

Result<void> Conversation::hear_media(const Message& message) {
    if (state_ != State::publishes)
        return refuse(Refusal::invalid, "pictures or sound before anything is published");
    if (message.payload.empty())
        return {};
    Tag tag{message.type == Message::video ? Tag::video : Tag::audio, message.timestamp,
            message.payload};
    if (const auto right = check_codec(tag); !right)
        return right.error();
    tags_.push_back(std::move(tag));
    return {};
}

/// "@setDataFrame" asks to keep what follows; an FLV file has only that.
void Conversation::hear_data(const Message& message) {
    constexpr std::string_view keep("\x02\x00\x0d@setDataFrame", 16);
    std::string_view payload = message.payload;
    if (payload.starts_with(keep))
        payload.remove_prefix(keep.size());
    if (state_ != State::publishes || payload.size() > largest_command)
        return;
    const auto values = read_amf(payload);
    if (!values || values->empty() || !values->front().text() ||
        *values->front().text() != "onMetaData")
        return;
    tags_.push_back({Tag::script, message.timestamp, std::string(payload)});
}

void Conversation::send(std::uint8_t type, std::string payload, std::uint32_t stream) {
    append_chunks(answers_, {type, 0, stream, std::move(payload)}, our_chunk_size_);
}

void Conversation::send_command(const Values& values, std::uint32_t stream) {
    std::string payload;
    for (const auto& value : values)
        append_amf(payload, value);
    send(Message::command, std::move(payload), stream);
}

void Conversation::send_status(const std::string& level, const std::string& code,
                               const std::string& description) {
    const AmfValue::Object status{
        {"level", text(level)}, {"code", text(code)}, {"description", text(description)}};
    send_command({text("onStatus"), {0.0}, {}, {status}}, stream_);
}

} // namespace server::live::rtmp
