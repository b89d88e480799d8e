#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace test {

/// An answer as it came over the wire.
struct Answer {
    int status = 0;
    std::map<std::string, std::string> fields;  ///< names in lower case
    std::string body;

    std::string field(const std::string& name) const;
};

/// A client that sends what it is told, byte for byte, right or wrong.
class Client {
  public:
    explicit Client(std::uint16_t port);
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    void send(std::string_view bytes);
    /// Sends no more; still reads.
    void end_sending();
    /// Reads one answer; throws std::runtime_error where none comes whole within five seconds.
    /// `to_head`: as an answer to HEAD, which has no body.
    Answer receive();
    Answer receive_to_head();
    /// `send` and `receive`.
    Answer ask(std::string_view bytes);
    /// GET with further field lines ("Range: bytes=0-1\r\n").
    Answer get(std::string_view target, std::string_view fields = "");
    /// Whether the server closes within five seconds without sending another byte.
    bool is_closed_by_server();
    /// Reads slowly: takes at most so many bytes of what has come.
    std::string receive_some(std::size_t most);
    /// Whether nothing comes within `time`.
    bool hears_nothing_for(std::chrono::milliseconds time);

  private:
    enum class Body { expected, none };
    Answer receive_answer(Body body);
    bool receive_more();

    int socket_;
    std::string received_;
};

} // namespace test
