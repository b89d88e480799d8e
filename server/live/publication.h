#pragma once

#include "catalog/time/clock.h"
#include "server/jobs/transcoding.h"
#include "server/live/rtmp/flv.h"
#include "server/net/offload.h"
#include "server/net/task.h"

#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>

namespace server::live {

/// What a publisher sends: a tag of FLV, or packets of MPEG-TS.
using Piece = std::variant<rtmp::Tag, std::string>;

/// One publisher's bytes on their way into a transcoder, from when one comes to when that one is
/// gone. A transcoder that dies is followed by another at once, and the publisher notices nothing.
/// All but the constructor runs on one executor, one at a time.
class Publication {
  public:
    enum class Container { flv, mpegts };
    struct Plan {
        std::filesystem::path program;
        std::filesystem::path folder;  ///< of the recording
        std::string language;
        int threads = 2;
        Container container = Container::flv;
    };
    struct Listener {
        std::function<net::Task<>(const jobs::Event&)> heard;
        std::function<void(const std::string&)> warned;  ///< a sentence for the desk
        std::function<void()> cut;  ///< the publisher is to be sent away; may be called again
    };

    /// `clock` and `starter` outlive it; a child dies with the thread that started it.
    Publication(Plan plan, Listener listener, const catalog::time::Clock& clock, net::Pool& starter,
                net::asio::any_io_executor executor);
    Publication(const Publication&) = delete;
    Publication& operator=(const Publication&) = delete;

    /// Waits while the transcoder has too much to read still; false where nothing more is wanted.
    net::Task<bool> take(Piece piece);
    /// The publisher is gone: what it sent is written out.
    void close();
    /// Sends the publisher away.
    void cut();
    /// Drops everything at once: nobody wants the recording any more.
    void abandon();

    /// Until the publisher is gone and all is written out.
    net::Task<> run();

    /// When the publisher last sent something.
    std::chrono::steady_clock::time_point last_heard() const { return last_heard_; }

  private:
    using Stream = net::asio::posix::stream_descriptor;

    bool is_over() const;
    net::Task<> run_once();
    net::Task<> follow(jobs::Transcoding& transcoding);
    net::Task<jobs::Transcoding::Outcome> outcome_of(jobs::Transcoding& transcoding);
    void judge(const jobs::Transcoding::Outcome& outcome);
    net::Task<> pump();
    /// The next bytes for the transcoder; nothing where there will be none.
    net::Task<std::optional<std::string>> next();
    /// Nothing where a transcoder that began in the middle cannot use it.
    std::optional<std::string> bytes_of(const Piece& piece);
    std::string task() const;
    net::Task<> changed();
    void ring() { bell_.cancel(); }

    Plan plan_;
    Listener listener_;
    const catalog::time::Clock& clock_;
    net::Pool& starter_;
    net::asio::any_io_executor executor_;
    net::asio::steady_timer bell_;

    std::deque<Piece> waiting_;
    std::size_t waiting_bytes_ = 0;
    bool closed_ = false;
    std::chrono::steady_clock::time_point last_heard_;

    rtmp::FlvBeginning beginning_;
    bool waits_for_key_frame_ = false;
    jobs::Transcoding* transcoding_ = nullptr;  ///< the one at work
    std::optional<Stream> input_;               ///< of that one, until it is pumped into
    bool transcoder_gone_ = true;
    bool got_on_ = false;                       ///< the transcoder at work made something
    int failures_ = 0;                          ///< in a row, without getting on
};

} // namespace server::live
