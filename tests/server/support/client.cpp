#include "tests/server/support/client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace test {

namespace {

constexpr int patience_ms = 5000;

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return text;
}

Answer head_of(std::string_view text) {
    Answer answer;
    answer.status = std::stoi(std::string(text.substr(9, 3)));
    std::size_t at = text.find("\r\n") + 2;
    while (at < text.size()) {
        const std::size_t end = text.find("\r\n", at);
        const std::string_view line = text.substr(at, end - at);
        const std::size_t colon = line.find(": ");
        if (colon == std::string_view::npos) {
            throw std::runtime_error("a line that is no field: " + std::string(line));
        }
        answer.fields[lowered(std::string(line.substr(0, colon)))] = line.substr(colon + 2);
        at = end + 2;
    }
    return answer;
}

} // namespace

std::string Answer::field(const std::string& name) const {
    const auto found = fields.find(name);
    return found != fields.end() ? found->second : "";
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect");
    }
}

Client::~Client() { ::close(socket_); }

void Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) {
            return;  // The server has refused and closed already: its answer tells.
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Client::end_sending() { ::shutdown(socket_, SHUT_WR); }

bool Client::receive_more() {
    pollfd waits{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&waits, 1, patience_ms) != 1) {
        throw std::runtime_error("nothing came");
    }
    std::array<char, 65536> part{};
    const ssize_t size = ::recv(socket_, part.data(), part.size(), 0);
    if (size <= 0) {
        return false;
    }
    received_.append(part.data(), static_cast<std::size_t>(size));
    return true;
}

Answer Client::receive_answer(Body body) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!receive_more()) {
            throw std::runtime_error("closed before an answer was whole");
        }
    }
    Answer answer = head_of(std::string_view(received_).substr(0, end + 2));
    received_.erase(0, end + 4);
    const std::string length = answer.field("content-length");
    const std::size_t size = body == Body::none || length.empty() ? 0 : std::stoul(length);
    while (received_.size() < size) {
        if (!receive_more()) {
            throw std::runtime_error("closed in a body");
        }
    }
    answer.body = received_.substr(0, size);
    received_.erase(0, size);
    return answer;
}

Answer Client::receive() { return receive_answer(Body::expected); }

Answer Client::receive_to_head() { return receive_answer(Body::none); }

Answer Client::ask(std::string_view bytes) {
    send(bytes);
    return receive();
}

Answer Client::get(std::string_view target, std::string_view fields) {
    std::string request = "GET ";
    request.append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    return ask(request.append(fields).append("\r\n"));
}

bool Client::is_closed_by_server() { return received_.empty() && !receive_more(); }

std::string Client::receive_some(std::size_t most) {
    std::string part(most, '\0');
    const ssize_t size = ::recv(socket_, part.data(), part.size(), 0);
    part.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return part;
}

bool Client::hears_nothing_for(std::chrono::milliseconds time) {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    return received_.empty() && ::poll(&waiting, 1, static_cast<int>(time.count())) == 0;
}

} // namespace test
