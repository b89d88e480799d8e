#include "transcoder/av/remuxer.h"

#include "transcoder/av/failure.h"
#include "transcoder/av/spliced_track.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <new>
#include <vector>

namespace transcoder::av {

namespace {

constexpr int buffer_bytes = 256 * 1024;

/// libav's view of a file that is open: a place in it. The descriptor's own place is never used, so
/// that there may be two.
class View {
  public:
    enum class Does { write, read };

    View(int descriptor, Does does) : descriptor_(descriptor) {
        auto* buffer = static_cast<unsigned char*>(av_malloc(buffer_bytes));
        if (buffer != nullptr)
            io_ = avio_alloc_context(buffer, buffer_bytes, does == Does::write ? 1 : 0, this,
                                     &View::read, &View::write, &View::seek);
        if (io_ == nullptr) {
            av_free(buffer);
            throw std::bad_alloc();
        }
    }
    ~View() {
        av_freep(&io_->buffer);
        avio_context_free(&io_);
    }
    View(const View&) = delete;
    View& operator=(const View&) = delete;

    AVIOContext* io() const { return io_; }

  private:
    // Called by libav, which is C: nothing is thrown through it.
    static int read(void* self, std::uint8_t* into, int size) noexcept {
        auto& view = *static_cast<View*>(self);
        const auto got = ::pread(view.descriptor_, into, static_cast<std::size_t>(size), view.place_);
        if (got < 0)
            return AVERROR(errno);
        view.place_ += got;
        return got == 0 ? AVERROR_EOF : static_cast<int>(got);
    }

    static int write(void* self, std::uint8_t* bytes, int size) noexcept {
        auto& view = *static_cast<View*>(self);
        for (int done = 0; done < size;) {
            const auto written = ::pwrite(view.descriptor_, bytes + done,
                                          static_cast<std::size_t>(size - done), view.place_);
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return AVERROR(errno);
            done += static_cast<int>(written);
            view.place_ += written;
        }
        return size;
    }

    static std::int64_t seek(void* self, std::int64_t offset, int whence) noexcept {
        auto& view = *static_cast<View*>(self);
        struct stat file {};
        if (::fstat(view.descriptor_, &file) != 0)
            return AVERROR(errno);
        const auto from = whence & ~AVSEEK_FORCE;
        if (from == AVSEEK_SIZE)
            return file.st_size;
        const auto place = from == SEEK_CUR   ? view.place_ + offset
                           : from == SEEK_END ? file.st_size + offset
                                              : offset;
        if (place < 0)
            return AVERROR(EINVAL);
        view.place_ = place;
        return place;
    }

    int descriptor_;
    std::int64_t place_ = 0;
    AVIOContext* io_ = nullptr;
};

/// The muxer, and the file that it writes and, to make room for `moov`, reads again.
class Muxer {
  public:
    explicit Muxer(int descriptor) : descriptor_(descriptor), view_(descriptor, View::Does::write) {
        check(avformat_alloc_output_context2(&context_, nullptr, "mp4", nullptr), "set up the muxer");
        context_->pb = view_.io();
        context_->flags |= AVFMT_FLAG_CUSTOM_IO;
        context_->opaque = this;
        context_->io_open = &Muxer::open_again;
        context_->io_close2 = &Muxer::close_again;
    }
    ~Muxer() { avformat_free_context(context_); }
    Muxer(const Muxer&) = delete;
    Muxer& operator=(const Muxer&) = delete;

    void add(const SplicedTrack& track, const std::string& language) {
        const auto& like = track.stream();
        auto* stream = avformat_new_stream(context_, nullptr);
        if (stream == nullptr)
            throw std::bad_alloc();
        check(avcodec_parameters_copy(stream->codecpar, like.codecpar), "describe a track");
        stream->codecpar->codec_tag = 0;
        stream->time_base = track.time_base();
        stream->avg_frame_rate = like.avg_frame_rate;
        stream->disposition = AV_DISPOSITION_DEFAULT;
        if (!language.empty())
            check(av_dict_set(&stream->metadata, "language", language.c_str(), 0), "name a language");
        if (like.codecpar->codec_type == AVMEDIA_TYPE_VIDEO)
            picture_ticks_ = track.time_base().den;
    }

    void start() {
        Options options;
        options.set("movflags", "+faststart")
            .set("fflags", "+bitexact")
            .set("avoid_negative_ts", "disabled");
        if (picture_ticks_ > 0)
            options.set("video_track_timescale", picture_ticks_);
        check(avformat_write_header(context_, options.out()), "start the muxer");
        options.all_used("the muxer");
    }

    void write(Packet packet, int track, AVRational time_base) {
        packet->stream_index = track;
        packet->pos = -1;
        av_packet_rescale_ts(packet.get(), time_base, context_->streams[track]->time_base);
        check(av_write_frame(context_, packet.get()), "write a packet");
    }

    void finish() {
        check(av_write_trailer(context_), "end the file");
        avio_flush(view_.io());
        check(view_.io()->error, "write the file");
    }

  private:
    static int open_again(AVFormatContext* context, AVIOContext** io, const char*, int flags,
                          AVDictionary**) noexcept {
        auto& muxer = *static_cast<Muxer*>(context->opaque);
        if (flags != AVIO_FLAG_READ || muxer.again_)
            return AVERROR(EACCES);
        try {
            muxer.again_ = std::make_unique<View>(muxer.descriptor_, View::Does::read);
        } catch (const std::bad_alloc&) {
            return AVERROR(ENOMEM);
        }
        *io = muxer.again_->io();
        return 0;
    }

    static int close_again(AVFormatContext* context, AVIOContext*) noexcept {
        static_cast<Muxer*>(context->opaque)->again_.reset();
        return 0;
    }

    int descriptor_;
    View view_;
    std::unique_ptr<View> again_;
    AVFormatContext* context_ = nullptr;
    int picture_ticks_ = 0;
};

bool comes_before(const SplicedTrack& a, const SplicedTrack& b) {
    return av_compare_ts(a.ahead()->dts, a.time_base(), b.ahead()->dts, b.time_base()) < 0;
}

/// The track whose packet is decoded first; sources.size() where none has any left.
std::size_t first_of(std::span<const std::unique_ptr<SplicedTrack>> sources) {
    auto first = sources.size();
    for (std::size_t i = 0; i < sources.size(); ++i)
        if (sources[i]->ahead() != nullptr &&
            (first == sources.size() || comes_before(*sources[i], *sources[first])))
            first = i;
    return first;
}

} // namespace

void remux(std::span<const OneTrack> tracks, std::span<const Piece> pieces, int descriptor) {
    std::vector<std::unique_ptr<SplicedTrack>> sources;
    Muxer muxer(descriptor);
    for (const auto& track : tracks) {
        sources.push_back(std::make_unique<SplicedTrack>(track.file, pieces));
        muxer.add(*sources.back(), track.language);
    }
    muxer.start();
    for (auto i = first_of(sources); i < sources.size(); i = first_of(sources))
        muxer.write(sources[i]->take(), static_cast<int>(i), sources[i]->time_base());
    muxer.finish();
}

} // namespace transcoder::av
