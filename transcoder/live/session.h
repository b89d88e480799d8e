#pragma once

#include "transcoder/av/decoder.h"
#include "transcoder/av/live_input.h"
#include "transcoder/events.h"
#include "transcoder/live/avc_units.h"
#include "transcoder/live/lateness.h"
#include "transcoder/live/lists.h"
#include "transcoder/live/live_job.h"
#include "transcoder/live/publisher_watch.h"
#include "transcoder/live/sound_source.h"
#include "transcoder/live/steady.h"
#include "transcoder/live/stretch.h"

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace transcoder::live {

/// One publisher, from its first byte to its last: what it sends becomes stretches of the recording. A
/// stretch begins at a key frame, when what came behind it has told what can be handed on, and ends
/// where the publisher's clock jumps, its parameters change or it goes.
class Session {
  public:
    /// `keep` writes the ladder down for the runs that follow.
    using Keep = std::function<void(const std::string& line)>;
    Session(const LiveJob& job, const std::optional<std::string>& kept, Keep keep, Events& events);

    /// Reads until the publisher is gone; gives the recording's length.
    Outcome<std::chrono::microseconds> run(int descriptor);

  private:
    /// What comes before it is known what can be handed on; in the publisher's time.
    struct Held {
        av::Packet packet;   ///< none: sound
        Stretch::Key key = Stretch::Key::no;
        av::Samples samples;
        Ticks at = 0;
    };

    Outcome<void> take(const AVStream& stream, av::Packet packet);
    void take_picture(const AVStream& stream, const AVPacket& packet);
    void take_unit(AvcUnits::Unit unit);
    void take_sound(const AVStream& stream, const AVPacket& packet);
    bool is_another_clock(Ticks decoded);
    void hold(AvcUnits::Unit unit);
    bool knows_enough() const;
    FirstGops first_gops() const;
    void begin_stretch();
    void begin_recording(const Published& published, const FirstGops& gops);
    std::chrono::microseconds held_for() const;
    RenditionFile::Opening opening() const;
    void start(LiveRung::Made top, const FirstGops& gops, const Step& step);
    void run_picture(av::Packet packet, Stretch::Key key);
    void run_sound(const av::Samples& samples, Ticks at);
    void decode(const AVPacket* packet);
    void settle();
    void break_off();
    void landed(const Landed& landed);
    void announce();
    void watch();

    LiveJob job_;
    Keep keep_;
    Events& events_;
    std::vector<LiveRung> rungs_;             ///< empty until the first stretch
    std::set<std::string> resting_;
    std::optional<LiveFolder> folder_;
    std::optional<SoundLane> sound_;
    std::optional<Stretch> stretch_;
    std::optional<Published> published_;
    bool is_announced_ = false;
    bool has_another_form_ = false;   ///< of which the lists do not tell yet

    std::optional<int> picture_stream_;
    std::optional<int> sound_stream_;
    AvcUnits units_;
    std::vector<std::uint8_t> configuration_;   ///< of the stretch, or of what is held
    std::optional<av::Decoder> decoder_;
    SoundSource sound_source_;

    std::deque<Held> held_;
    std::optional<Ticks> last_decoded_;         ///< of the picture, in the publisher's time
    Ticks without_key_ = 0;                     ///< what came without anything to begin with
    Ticks sound_alone_ = 0;
    Ticks offset_ = 0;                          ///< from decoding in the publisher's time to showing in the recording's
    Steady steady_{std::nullopt, 0};
    Ticks lead_ = 0;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    Lateness lateness_;
    PublisherWatch watch_;
};

} // namespace transcoder::live
