// Anything at all as a publisher's RTMP: two conversations hear it, one at once and one in pieces,
// and must agree.
#include "server/live/rtmp/conversation.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace server::live::rtmp;

namespace {

struct Heard {
    std::string key;
    std::vector<Tag> tags;
    Conversation::State state = Conversation::State::begins;
    friend bool operator==(const Heard&, const Heard&) = default;
};

/// Past the handshake, which would be in the way of every input.
Conversation greeted() {
    Conversation conversation;
    const auto received = conversation.receive("\x03" + std::string(std::size_t{2} * 1536, 'r'));
    if (!received)
        std::abort();
    return conversation;
}

Heard hear(Conversation conversation, std::string_view bytes, std::size_t piece) {
    Heard heard;
    bool is_right = true;
    while (is_right && !bytes.empty()) {
        is_right = conversation.receive(bytes.substr(0, piece)).has_value();
        bytes.remove_prefix(std::min(piece, bytes.size()));
        if (conversation.state() == Conversation::State::asks) {
            heard.key = conversation.key();
            is_right = is_right && conversation.accept().has_value();
        }
        for (auto& tag : conversation.take_tags()) {
            if (!check_codec(tag) || to_bytes(tag).size() != tag.body.size() + 15)
                std::abort();
            heard.tags.push_back(std::move(tag));
        }
        conversation.take_answers();
    }
    heard.state = conversation.state();
    return heard;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    static const Conversation beginning = greeted();
    const bool with_handshake = data[0] % 16 == 0;
    const auto conversation = with_handshake ? Conversation() : beginning;
    const std::size_t piece = 1 + data[0] / 8;
    if (hear(conversation, bytes, bytes.size()) != hear(conversation, bytes, piece))
        std::abort();
    return 0;
}
