#pragma once

#include "catalog/result.h"
#include "server/live/rtmp/amf.h"
#include "server/live/rtmp/chunk_reader.h"
#include "server/live/rtmp/flv.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace server::live::rtmp {

/// A publisher's RTMP, without its socket: bytes go in, answers and tags come out. After a refusal
/// what is in `take_answers` is sent still, since it says why, and the connection closed.
class Conversation {
  public:
    enum class State {
        begins,      ///< handshake and commands
        asks,        ///< wants to publish with `key()`; nothing is read until accepted or refused
        publishes,
        ended,       ///< the publisher is through, or was refused
    };

    /// Refuses (invalid, too_large) what is not RTMP or goes beyond its bounds, (unsupported) what
    /// Kiroku cannot take.
    catalog::Result<void> receive(std::string_view bytes);
    /// Answers who asks; `accept` goes on with what has come since, as `receive` does.
    catalog::Result<void> accept();
    void refuse_publisher(const std::string& sentence);

    State state() const { return state_; }
    const std::string& key() const { return key_; }

    /// What is to be sent, and the tags that came, since the last time.
    std::string take_answers() { return std::exchange(answers_, {}); }
    std::vector<Tag> take_tags() { return std::exchange(tags_, {}); }

  private:
    using Values = std::vector<AmfValue>;

    catalog::Result<void> read();
    bool shake_hands(std::string_view& bytes);
    catalog::Result<void> check_version(std::string_view bytes) const;
    catalog::Result<void> hear(const Message& message);
    catalog::Result<void> hear_control(const Message& message);
    catalog::Result<void> hear_command(std::string_view payload, std::uint32_t stream);
    catalog::Result<void> hear_media(const Message& message);
    void hear_data(const Message& message);
    void connect(const AmfValue& transaction);
    catalog::Result<void> publish(const Values& values, std::uint32_t stream);
    void acknowledge(std::size_t came);

    void send(std::uint8_t type, std::string payload, std::uint32_t stream = 0);
    void send_command(const Values& values, std::uint32_t stream = 0);
    void send_status(const std::string& level, const std::string& code,
                     const std::string& description);

    enum class Handshake { version, first, second, done };

    State state_ = State::begins;
    Handshake handshake_ = Handshake::version;
    ChunkReader chunks_;
    std::string unread_;
    std::string answers_;
    std::vector<Tag> tags_;
    std::string key_;
    std::uint32_t stream_ = 0;        ///< the message stream that publishes
    std::size_t our_chunk_size_ = 128;
    std::uint32_t received_ = 0;      ///< bytes, as RTMP counts them: it wraps around
    std::uint32_t acknowledged_ = 0;
    std::uint32_t window_ = 0;        ///< bytes between two acknowledgements; 0: none are asked for
};

} // namespace server::live::rtmp
