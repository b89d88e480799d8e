#include "transcoder/av/fragment_muxer.h"

#include "transcoder/av/failure.h"

#include <new>

namespace transcoder::av {

namespace {

constexpr int write_buffer_bytes = 64 * 1024;

bool is_sound(const EncodedForm& form) {
    return form.parameters->codec_type == AVMEDIA_TYPE_AUDIO;
}

/// A muxer for one track that writes into memory.
class Muxer {
  public:
    enum class Writes { init, fragment };

    Muxer(const EncodedForm& form, Writes writes, int number) : form_(form) {
        auto* buffer = static_cast<unsigned char*>(av_malloc(write_buffer_bytes));
        if (buffer != nullptr)
            io_ = avio_alloc_context(buffer, write_buffer_bytes, 1, this, nullptr, &Muxer::append,
                                     nullptr);
        if (io_ == nullptr) {
            av_free(buffer);
            throw std::bad_alloc();
        }
        io_->seekable = 0;
        check(avformat_alloc_output_context2(&context_, nullptr, "mp4", nullptr),
              "set up the muxer");
        context_->pb = io_;
        context_->flags |= AVFMT_FLAG_CUSTOM_IO;
        auto* stream = avformat_new_stream(context_, nullptr);
        if (stream == nullptr)
            throw std::bad_alloc();
        check(avcodec_parameters_copy(stream->codecpar, form.parameters.get()),
              "describe the track");
        stream->codecpar->codec_tag = 0;
        stream->time_base = {1, form.timescale};
        stream->avg_frame_rate = form.frame_rate;
        start(writes, number);
    }

    ~Muxer() {
        avformat_free_context(context_);
        if (io_ != nullptr)
            av_freep(&io_->buffer);
        avio_context_free(&io_);
    }
    Muxer(const Muxer&) = delete;
    Muxer& operator=(const Muxer&) = delete;

    /// All times in ticks.
    void write(const AVPacket& packet, std::int64_t pts, std::int64_t dts, std::int64_t duration) {
        auto copy = make_packet();
        check(av_packet_ref(copy.get(), &packet), "refer to a packet");
        copy->stream_index = 0;
        copy->pts = pts;
        copy->dts = dts;
        copy->duration = duration;
        copy->pos = -1;
        check(av_write_frame(context_, copy.get()), "write a packet");
    }

    /// What was written since the last call.
    std::string flush() {
        check(av_write_frame(context_, nullptr), "end a fragment");
        avio_flush(io_);
        check(io_->error, "write a fragment");
        return std::exchange(written_, {});
    }

  private:
    void start(Writes writes, int number) {
        Options options;
        options.set("brand", "cmfc")
            .set("write_btrt", 0)
            .set("fflags", "+bitexact")
            .set("avoid_negative_ts", "disabled");
        const std::string common = "+frag_custom+default_base_moof+delay_moov+skip_trailer";
        if (writes == Writes::init)
            options.set("movflags", common.c_str());
        else
            // frag_discont lets the first decoding time stand as it is given, however late.
            options.set("movflags", (common + "+frag_discont").c_str())
                .set("use_editlist", 0)
                .set("fragment_index", number + 1);
        if (form_.frame_rate.num > 0)
            options.set("video_track_timescale", form_.timescale);
        check(avformat_write_header(context_, options.out()), "start the muxer");
        options.all_used("the muxer");
    }

    static int append(void* self, std::uint8_t* bytes, int size) noexcept {
        try {
            static_cast<Muxer*>(self)->written_.append(reinterpret_cast<const char*>(bytes),
                                                       static_cast<std::size_t>(size));
            return size;
        } catch (const std::bad_alloc&) {
            return AVERROR(ENOMEM);
        }
    }

    const EncodedForm& form_;
    AVIOContext* io_ = nullptr;
    AVFormatContext* context_ = nullptr;
    std::string written_;
};

} // namespace

std::string init_section(const EncodedForm& form, const AVPacket& first) {
    Muxer muxer(form, Muxer::Writes::init, 0);
    muxer.write(first, is_sound(form) ? -form.lead : 0, -form.lead, form.frame_ticks);
    return muxer.flush();
}

std::string fragment(const EncodedForm& form, int number, std::span<const Packet> packets) {
    Muxer muxer(form, Muxer::Writes::fragment, number);
    for (const auto& packet : packets)
        muxer.write(*packet, packet->pts, packet->dts, packet->duration);
    muxer.flush(); // ftyp and moov, which the track has already
    return muxer.flush();
}

} // namespace transcoder::av
