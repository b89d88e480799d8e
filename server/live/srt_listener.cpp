#include "server/live/srt_listener.h"

#include "server/live/srt_line.h"
#include "server/live/srt_stream_id.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/use_future.hpp>

#include <spdlog/spdlog.h>
#include <srt/access_control.h>
#include <srt/srt.h>

#include <array>
#include <atomic>
#include <future>
#include <map>
#include <stdexcept>
#include <thread>

namespace server::live {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::Refusal;

constexpr int most_waiting_lines = 8;
constexpr std::size_t most_lines = 64;
constexpr auto longest_look = 2s;
constexpr int between_looks_ms = 50;
constexpr std::size_t piece_size = 64 * 1024;

[[noreturn]] void fail(const std::string& doing) {
    throw std::runtime_error("SRT cannot " + doing + ": " + srt_getlasterror_str());
}

/// SRT's own codes, which encoders show as words or as a number.
int reason_of(Refusal kind) {
    switch (kind) {
    case Refusal::wrong_credentials:
        return SRT_REJX_UNAUTHORIZED;
    case Refusal::conflict:
        return SRT_REJX_CONFLICT;
    default:
        return SRT_REJX_FORBIDDEN;
    }
}

/// libsrt as long as it lives.
struct Library {
    Library() {
        srt_startup();
        srt_setloglevel(srt_logging::LogLevel::fatal);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { srt_cleanup(); }
};

class Socket {
  public:
    Socket() : number_(srt_create_socket()) {}
    explicit Socket(SRTSOCKET number) : number_(number) {}
    Socket(Socket&& other) noexcept : number_(std::exchange(other.number_, SRT_INVALID_SOCK)) {}
    Socket& operator=(Socket&&) = delete;
    ~Socket() {
        if (number_ != SRT_INVALID_SOCK)
            srt_close(number_);
    }
    SRTSOCKET number() const { return number_; }

  private:
    SRTSOCKET number_;
};

std::string stream_id_of(SRTSOCKET socket) {
    std::array<char, 512> text{};
    int size = static_cast<int>(text.size());
    if (srt_getsockflag(socket, SRTO_STREAMID, text.data(), &size) != 0)
        return {};
    return std::string(text.data(), static_cast<std::size_t>(size));
}

void set_flag(SRTSOCKET socket, SRT_SOCKOPT option, bool value) {
    if (srt_setsockflag(socket, option, &value, sizeof value) != 0)
        fail("be set up");
}

} // namespace

struct SrtListener::State {
    /// A connection, as the reading thread knows it.
    struct Open {
        Socket socket;
        std::shared_ptr<SrtLine> line;
        bool is_watched = true;
    };

    State(LiveRunner& given_runner, const access::StreamSecret& given_secret,
          net::TaskGroup& given_tasks, asio::any_io_executor on)
        : runner(given_runner), secret(given_secret), tasks(given_tasks), executor(std::move(on)) {}

    void listen(const net::Listening& listening);
    /// Called by libsrt on a thread of its own, before a connection is made; -1 refuses it.
    static int on_connection(void* opaque, SRTSOCKET socket, int version, const sockaddr* peer,
                             const char* stream_id);
    int judge(SRTSOCKET socket, std::string_view stream_id);
    void run();
    void accept();
    /// Reads what has come; false where nothing more will.
    bool read(Open& open);
    void sweep();
    void watch(Open& open, bool watched);

    LiveRunner& runner;
    const access::StreamSecret& secret;
    net::TaskGroup& tasks;
    asio::any_io_executor executor;
    Library library;
    Socket listener;
    int epoll = srt_epoll_create();
    std::map<SRTSOCKET, Open> lines;
    std::atomic<bool> stopping{false};
    std::thread thread;
};

void SrtListener::State::listen(const net::Listening& listening) {
    const asio::ip::udp::endpoint endpoint(asio::ip::make_address(listening.address), listening.port);
    set_flag(listener.number(), SRTO_RCVSYN, false);
    if (srt_bind(listener.number(), endpoint.data(), static_cast<int>(endpoint.size())) != 0 ||
        srt_listen_callback(listener.number(), on_connection, this) != 0 ||
        srt_listen(listener.number(), most_waiting_lines) != 0)
        fail("listen");
    const int events = SRT_EPOLL_IN | SRT_EPOLL_ERR;
    srt_epoll_add_usock(epoll, listener.number(), &events);
    srt_epoll_set(epoll, SRT_EPOLL_ENABLE_EMPTY);
    thread = std::thread([this] { run(); });
}

int SrtListener::State::on_connection(void* opaque, SRTSOCKET socket, int, const sockaddr*,
                                      const char* stream_id) {
    constexpr int refused = -1;
    auto& state = *static_cast<State*>(opaque);
    try {
        const int reason = state.judge(socket, stream_id ? stream_id : "");
        if (reason == 0)
            return 0;
        srt_setrejectreason(socket, reason);
    } catch (const std::exception& broken) {
        spdlog::error("A publisher could not be looked at: {}", broken.what());
        srt_setrejectreason(socket, SRT_REJX_ISE);
    }
    return refused;
}

/// Why it is refused, as a code of SRT's; 0 where it is not.
int SrtListener::State::judge(SRTSOCKET socket, std::string_view stream_id) {
    const auto id = read_stream_id(stream_id);
    if (!id)
        return SRT_REJX_BAD_REQUEST;
    auto examined = asio::co_spawn(executor, runner.examine(id->key), asio::use_future);
    if (examined.wait_for(longest_look) != std::future_status::ready)
        return SRT_REJX_OVERLOAD;
    const auto video = examined.get();
    if (!video) {
        spdlog::info("A publisher was refused: {}", video.error().message);
        return reason_of(video.error().kind);
    }
    if (id->encryption == SrtStreamId::Encryption::none)
        return 0;
    const auto passphrase = secret.passphrase(id->key);
    const bool is_set = srt_setsockflag(socket, SRTO_PASSPHRASE, passphrase.data(),
                                        static_cast<int>(passphrase.size())) == 0;
    return is_set ? 0 : SRT_REJX_ISE;
}

void SrtListener::State::run() {
    std::array<SRT_EPOLL_EVENT, 16> events{};
    while (!stopping) {
        const int count = srt_epoll_uwait(epoll, events.data(), static_cast<int>(events.size()),
                                          between_looks_ms);
        for (int each = 0; each < count; ++each) {
            const auto socket = events[static_cast<std::size_t>(each)].fd;
            if (socket == listener.number()) {
                accept();
                continue;
            }
            const auto found = lines.find(socket);
            if (found != lines.end() && !read(found->second)) {
                found->second.line->ended();
                lines.erase(found);
            }
        }
        sweep();
    }
}

void SrtListener::State::accept() {
    sockaddr_storage peer{};
    int size = sizeof peer;
    Socket socket(srt_accept(listener.number(), reinterpret_cast<sockaddr*>(&peer), &size));
    const auto number = socket.number();
    const auto id = number == SRT_INVALID_SOCK ? std::nullopt : read_stream_id(stream_id_of(number));
    if (!id || lines.size() >= most_lines)
        return;
    auto line = std::make_shared<SrtLine>(id->key, executor);
    const int events = SRT_EPOLL_IN | SRT_EPOLL_ERR;
    srt_epoll_add_usock(epoll, number, &events);
    tasks.spawn("a publisher", SrtLine::publish(line, runner));
    lines.emplace(number, Open{std::move(socket), std::move(line)});
}

bool SrtListener::State::read(Open& open) {
    std::string piece;
    std::array<char, SRT_LIVE_MAX_PLSIZE> message{};
    int size = 0;
    while (piece.size() < piece_size) {
        size = srt_recvmsg(open.socket.number(), message.data(), static_cast<int>(message.size()));
        if (size <= 0)
            break;
        piece.append(message.data(), static_cast<std::size_t>(size));
    }
    if (!piece.empty())
        open.line->came(std::move(piece));
    return size > 0 || srt_getlasterror(nullptr) == SRT_EASYNCRCV;
}

/// Closes what is no longer wanted, and does not watch what has too much to pass on still: the
/// sender then waits, or drops, as SRT does.
void SrtListener::State::sweep() {
    for (auto each = lines.begin(); each != lines.end();) {
        auto& open = each->second;
        if (open.line->is_unwanted()) {
            open.line->ended();
            each = lines.erase(each);
            continue;
        }
        watch(open, !open.line->is_full());
        ++each;
    }
}

void SrtListener::State::watch(Open& open, bool watched) {
    if (open.is_watched == watched)
        return;
    open.is_watched = watched;
    const int events = SRT_EPOLL_IN | SRT_EPOLL_ERR;
    if (watched)
        srt_epoll_add_usock(epoll, open.socket.number(), &events);
    else
        srt_epoll_remove_usock(epoll, open.socket.number());
}

SrtListener::SrtListener(const net::Listening& listening, LiveRunner& runner,
                         const access::StreamSecret& secret, net::TaskGroup& tasks,
                         asio::any_io_executor executor)
    : state_(std::make_unique<State>(runner, secret, tasks, std::move(executor))) {
    state_->listen(listening);
}

SrtListener::~SrtListener() {
    state_->stopping = true;
    if (state_->thread.joinable())
        state_->thread.join();
    srt_epoll_release(state_->epoll);
}

} // namespace server::live
