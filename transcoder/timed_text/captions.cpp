#include "transcoder/timed_text/captions.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/text_decoder.h"
#include "transcoder/av/time.h"
#include "transcoder/plan/language.h"
#include "transcoder/timed_text/plain.h"

#include <algorithm>
#include <map>
#include <optional>

namespace transcoder::timed_text {

namespace {

using std::chrono::microseconds;

/// A day of speech is less; what is more is no captions.
constexpr std::size_t most_cues = 100'000;
constexpr std::size_t most_bytes = std::size_t{16} << 20;
/// What one packet or event says is read by people while it is shown.
constexpr int longest_packet = 256 * 1024;
constexpr std::size_t longest_event = 16 * 1024;

std::string language_of(const AVStream& stream) {
    const auto* entry = av_dict_get(stream.metadata, "language", nullptr, 0);
    const auto tag = entry != nullptr ? plan::language_tag(entry->value) : "";
    return tag.empty() ? "und" : tag;
}

/// An instant of the source in the recording's time. Beyond any recording it is only far away.
std::optional<microseconds> instant_of(std::int64_t ticks, AVRational time_base,
                                       const Span& span) {
    constexpr microseconds far{std::int64_t{1} << 60};
    const auto instant = av::to_microseconds(ticks, time_base);
    if (!instant)
        return std::nullopt;
    return std::clamp(*instant, -far, far) - std::clamp(span.origin, -far, far);
}

/// Reads one track, packet by packet.
class Track {
  public:
    Track(const AVStream& stream, const Span& span) : stream_(stream), span_(span) {
        told_.stream = stream.index;
        told_.codec = avcodec_get_name(stream.codecpar->codec_id);
        told_.language = language_of(stream);
        told_.why_not = open();
    }

    bool is_read() const { return decoder_.has_value(); }

    void take(AVPacket& packet) {
        const auto start = instant_of(packet.pts, stream_.time_base, span_);
        auto said = packet.size <= longest_packet && start ? decoder_->decode(packet) : std::nullopt;
        if (!said) {
            ++told_.unreadable;
            return;
        }
        for (const auto& event : said->events)
            take(event, *start, end_of(packet, *start, said->lasts));
        if (cues_.size() > most_cues || bytes_ > most_bytes)
            give_up("too_many");
    }

    /// What it came to, with a file of the name `file` gives for a language.
    template <class Name> Captions finish(Name& file) {
        auto cues = placed(std::move(cues_), span_.duration);
        told_.outside = read_ - static_cast<std::int64_t>(cues.size());
        if (told_.why_not.empty() && cues.empty())
            told_.why_not = why_empty();
        if (!told_.why_not.empty())
            return {told_, {}};
        told_.cues = static_cast<std::int64_t>(cues.size());
        told_.file = file(told_.language);
        return {told_, std::move(cues)};
    }

  private:
    /// Why it cannot be read; empty where it can.
    std::string open() {
        const auto codec = stream_.codecpar->codec_id;
        const auto* known = avcodec_descriptor_get(codec);
        if (known != nullptr && (known->props & AV_CODEC_PROP_BITMAP_SUB) != 0)
            return "pictures";
        if (!av::TextDecoder::is_accepted(codec))
            return "codec";
        try {
            decoder_.emplace(stream_);
        } catch (const av::Failure&) {
            return "damaged";
        }
        return "";
    }

    std::optional<microseconds> end_of(const AVPacket& packet, microseconds start,
                                       microseconds lasts) const {
        if (packet.duration > 0)
            lasts = av::to_microseconds(packet.duration, stream_.time_base).value_or(lasts);
        constexpr microseconds longest = std::chrono::hours(24 * 365);
        return lasts > microseconds{0} ? std::optional(start + std::min(lasts, longest))
                                       : std::nullopt;
    }

    void take(const std::string& event, microseconds start, std::optional<microseconds> end) {
        if (event.size() > longest_event) {
            ++told_.unreadable;
            return;
        }
        auto text = cleaned(without_codes(event, decoder_->markup()));
        if (!text) {
            ++told_.not_utf8;
            return;
        }
        // What is empty only says where the text before it ends.
        if (text->empty())
            return;
        bytes_ += text->size();
        ++read_;
        cues_.push_back({start, end, std::move(*text)});
    }

    void give_up(const char* why) {
        decoder_.reset();
        cues_.clear();
        read_ = 0;
        told_.why_not = why;
    }

    std::string why_empty() const {
        if (told_.not_utf8 > 0)
            return "not_utf8";
        if (told_.unreadable > 0)
            return "unreadable";
        return told_.outside > 0 ? "outside" : "empty";
    }

    const AVStream& stream_;
    const Span& span_;
    CaptionsTold told_;
    std::optional<av::TextDecoder> decoder_;
    std::vector<Raw> cues_;
    std::int64_t read_ = 0;
    std::size_t bytes_ = 0;
};

/// Gives each track's file a name of its own: ja.vtt, ja-2.vtt.
class Names {
  public:
    std::string operator()(const std::string& language) {
        const int number = ++of_language_[language];
        const auto which = number == 1 ? "" : "-" + std::to_string(number);
        return "captions/" + language + which + ".vtt";
    }

  private:
    std::map<std::string, int> of_language_;
};

std::map<int, Track> tracks_of(const av::Input& source, const Span& span) {
    std::map<int, Track> tracks;
    for (int i = 0; i < static_cast<int>(source.context().nb_streams); ++i)
        if (source.stream(i).codecpar->codec_type == AVMEDIA_TYPE_SUBTITLE)
            tracks.try_emplace(i, source.stream(i), span);
    return tracks;
}

void read_all(av::Input& source, std::map<int, Track>& tracks) {
    std::vector<int> read;
    for (const auto& [stream, track] : tracks)
        if (track.is_read())
            read.push_back(stream);
    if (read.empty())
        return;
    source.only(std::move(read));
    while (const auto packet = source.read())
        if (const auto found = tracks.find(packet->stream_index);
            found != tracks.end() && found->second.is_read())
            found->second.take(*packet);
}

} // namespace

std::vector<Captions> read_captions(av::Input& source, const Span& span) {
    auto tracks = tracks_of(source, span);
    read_all(source, tracks);
    std::vector<Captions> captions;
    Names names;
    for (auto& [stream, track] : tracks)
        captions.push_back(track.finish(names));
    return captions;
}

} // namespace transcoder::timed_text
