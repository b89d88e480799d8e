// Viewers of low latency: each follows a picture and its sound, with a request for the next version of
// each playlist that waits, and then for the part that it lists.
//
//     live_bench_viewers PORT VIEWERS SECONDS PART_SECONDS PREFIX RENDITION...
//
// PREFIX is the address of the stream with its grant ("/play/<grant>/<id>/"). Prints one line of JSON.
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

double seconds_between(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double>(end - begin).count();
}

/// What all viewers together have seen.
struct Seen {
    std::map<std::string, Clock::time_point> listed; ///< when a part was first listed, to anybody
    std::vector<double> part_ages;                   ///< seconds from then until it was there
    std::vector<double> playlist_lags;               ///< seconds from then until a viewer knew of it
    std::uint64_t bytes = 0;
    std::uint64_t requests = 0;
    std::uint64_t refused = 0; ///< 503: nothing came in time
    std::uint64_t failed = 0;
};

struct Position {
    std::uint64_t number = 0;
    std::uint64_t part = 0;
};

/// One rendition of one viewer, over one connection.
class Follower {
  public:
    Follower(std::uint16_t port, std::string prefix, std::string rendition, Seen& seen)
        : prefix_(std::move(prefix)), rendition_(std::move(rendition)), seen_(seen),
          socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const auto* any = reinterpret_cast<const sockaddr*>(&address);
        if (::connect(socket_, any, sizeof address) != 0 && errno != EINPROGRESS) {
            throw std::runtime_error("cannot connect");
        }
    }
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;
    ~Follower() { ::close(socket_); }

    int socket() const { return socket_; }

    void writable() {
        if (!has_begun_) {
            has_begun_ = true;
            ask_for_playlist(std::nullopt);
        }
    }

    void readable() {
        char buffer[64 * 1024];
        for (;;) {
            const ssize_t size = ::recv(socket_, buffer, sizeof buffer, 0);
            if (size <= 0) {
                if (size == 0 || errno != EAGAIN) {
                    ++seen_.failed;
                    ::shutdown(socket_, SHUT_RDWR);
                }
                return;
            }
            seen_.bytes += static_cast<std::uint64_t>(size);
            received_.append(buffer, static_cast<std::size_t>(size));
            take_answers();
        }
    }

  private:
    enum class Wants { playlist, part } wants_ = Wants::playlist;

    void send(const std::string& target) {
        const std::string request = "GET " + prefix_ + rendition_ + "/" + target +
                                    " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n";
        ++seen_.requests;
        if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(request.size())) {
            ++seen_.failed;
        }
    }

    void ask_for_playlist(const std::optional<Position>& next) {
        wants_ = Wants::playlist;
        send(next ? "index.m3u8?_HLS_msn=" + std::to_string(next->number) + "&_HLS_part=" +
                        std::to_string(next->part) + "&_HLS_skip=YES"
                  : "index.m3u8");
    }

    void take_answers() {
        for (;;) {
            const auto end = received_.find("\r\n\r\n");
            if (end == std::string::npos) {
                return;
            }
            const auto length_at = received_.find("Content-Length: ");
            const std::size_t length =
                length_at < end ? std::strtoul(received_.c_str() + length_at + 16, nullptr, 10) : 0;
            const std::size_t whole = end + 4 + length;
            if (received_.size() < whole) {
                return;
            }
            const int status = std::atoi(received_.c_str() + 9);
            take(status, std::string_view(received_).substr(end + 4, length));
            received_.erase(0, whole);
        }
    }

    void take(int status, std::string_view body) {
        if (status != 200) {
            ++(status == 503 ? seen_.refused : seen_.failed);
            if (status == 503) {
                ask_for_playlist(next_);
            }
            return;
        }
        if (wants_ == Wants::part) {
            seen_.part_ages.push_back(seconds_between(seen_.listed.at(part_), Clock::now()));
            ask_for_playlist(next_);
            return;
        }
        take_playlist(body);
    }

    void take_playlist(std::string_view body) {
        constexpr std::string_view hint = "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"";
        constexpr std::string_view part = "#EXT-X-PART:";
        constexpr std::string_view address = "URI=\"";
        const auto hint_at = body.find(hint);
        const auto last = body.rfind(part, hint_at);
        if (hint_at == std::string_view::npos || last == std::string_view::npos) {
            ++seen_.failed;
            return;
        }
        next_ = position_in(body.substr(hint_at + hint.size()));
        const auto name = body.substr(body.find(address, last) + address.size());
        const std::string target(name.substr(0, name.find('"')));
        part_ = rendition_ + "/" + target;
        const auto now = Clock::now();
        const auto [listed, is_first] = seen_.listed.try_emplace(part_, now);
        if (!is_first) {
            seen_.playlist_lags.push_back(seconds_between(listed->second, now));
        }
        wants_ = Wants::part;
        send(target);
    }

    static Position position_in(std::string_view name) {
        Position position;
        char* end = nullptr;
        const std::string text(name.substr(0, name.find('"')));
        position.number = std::strtoull(text.c_str(), &end, 10);
        position.part = std::strtoull(end + 1, nullptr, 10);
        return position;
    }

    std::string prefix_;
    std::string rendition_;
    Seen& seen_;
    int socket_;
    bool has_begun_ = false;
    std::string received_;
    std::string part_;
    std::optional<Position> next_;
};

double share(std::vector<double>& sorted, double part) {
    if (sorted.empty()) {
        return 0;
    }
    const auto at = static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1));
    return sorted[at];
}

int usage() {
    std::fputs("usage: live_bench_viewers PORT VIEWERS SECONDS PART_SECONDS PREFIX RENDITION...\n", stderr);
    return 2;
}

} // namespace

int main(int count, char** words) {
    if (count < 7) {
        return usage();
    }
    const auto port = static_cast<std::uint16_t>(std::atoi(words[1]));
    const int viewers = std::atoi(words[2]);
    const auto length = std::chrono::seconds(std::atoi(words[3]));
    const double part_length = std::atof(words[4]);
    Seen seen;
    const int events = ::epoll_create1(0);
    std::vector<std::unique_ptr<Follower>> followers;
    std::vector<epoll_event> ready(1024);
    const auto step = [&](milliseconds longest) {
        const int found = ::epoll_wait(events, ready.data(), static_cast<int>(ready.size()),
                                       static_cast<int>(longest.count()));
        for (int i = 0; i < found; ++i) {
            auto& follower = *static_cast<Follower*>(ready[static_cast<std::size_t>(i)].data.ptr);
            follower.writable();
            follower.readable();
        }
    };
    // They come over five seconds, as people do, and each is counted from when all are there.
    constexpr auto arriving = std::chrono::seconds(5);
    const auto began = Clock::now();
    for (int viewer = 0; viewer < viewers; ++viewer) {
        for (int rendition = 6; rendition < count; ++rendition) {
            followers.push_back(std::make_unique<Follower>(port, words[5], words[rendition], seen));
            epoll_event event{};
            event.events = EPOLLIN | EPOLLOUT | EPOLLET;
            event.data.ptr = followers.back().get();
            ::epoll_ctl(events, EPOLL_CTL_ADD, followers.back()->socket(), &event);
        }
        while (Clock::now() - began < arriving * (viewer + 1) / viewers) {
            step(milliseconds(1));
        }
    }
    seen.part_ages.clear();
    seen.playlist_lags.clear();
    seen.requests = seen.refused = seen.bytes = 0;
    const auto counted = Clock::now();
    while (Clock::now() - counted < length) {
        step(milliseconds(20));
    }
    std::sort(seen.part_ages.begin(), seen.part_ages.end());
    std::sort(seen.playlist_lags.begin(), seen.playlist_lags.end());
    // A player two parts behind the end needs a part one part's length after it is listed.
    const auto late = std::count_if(seen.part_ages.begin(), seen.part_ages.end(),
                                    [&](double age) { return age > part_length; });
    std::printf("{\"viewers\":%d,\"seconds\":%.1f,\"parts\":%zu,\"late\":%td,\"part_ms\":{\"p50\":%.1f,"
                "\"p99\":%.1f,\"max\":%.1f},\"playlist_ms\":{\"p50\":%.1f,\"p99\":%.1f,\"max\":%.1f},"
                "\"requests\":%llu,\"refused\":%llu,\"failed\":%llu,\"bytes\":%llu}\n",
                viewers, seconds_between(counted, Clock::now()), seen.part_ages.size(), late,
                share(seen.part_ages, 0.5) * 1000, share(seen.part_ages, 0.99) * 1000,
                share(seen.part_ages, 1) * 1000, share(seen.playlist_lags, 0.5) * 1000,
                share(seen.playlist_lags, 0.99) * 1000, share(seen.playlist_lags, 1) * 1000,
                static_cast<unsigned long long>(seen.requests),
                static_cast<unsigned long long>(seen.refused),
                static_cast<unsigned long long>(seen.failed),
                static_cast<unsigned long long>(seen.bytes));
    return 0;
}
