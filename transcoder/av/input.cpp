#include "transcoder/av/input.h"

#include "transcoder/av/failure.h"

extern "C" {
#include <libavutil/avstring.h>
}

#include <algorithm>
#include <cstring>
#include <functional>
#include <system_error>
#include <vector>

namespace transcoder::av {

namespace {

constexpr const char* formats = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,asf,flv,"
                                "mxf,ogg,mp3,wav,w64,aiff,aac,flac";

constexpr const char* decoders =
    "h264,hevc,libdav1d,vp8,vp9,mpeg1video,mpeg2video,mpeg4,msmpeg4v2,msmpeg4,h263,flv,wmv1,wmv2,"
    "wmv3,vc1,mss2,mjpeg,prores,dnxhd,dvvideo,theora,qtrle,rawvideo,"
    "aac,aac_latm,mp2float,mp3float,ac3,eac3,opus,vorbis,flac,alac,wmav1,wmav2,wmapro,wmavoice,amrnb,amrwb,"
    "adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,"
    "pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_bluray,pcm_dvd";

constexpr int io_buffer_bytes = 128 * 1024;

int refuse_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
    return AVERROR(EACCES);
}

} // namespace

/// The bytes behind an input: a place in the file, and libav's view of it.
struct Input::Bytes {
    /// Reads into bytes from an offset; gives how many were there.
    using Reading = std::function<std::size_t(std::uint64_t, std::span<std::byte>)>;

    Bytes(Reading reading, std::uint64_t in_all) : read_from(std::move(reading)), all(in_all) {
        auto* buffer = static_cast<unsigned char*>(av_malloc(io_buffer_bytes));
        if (buffer != nullptr)
            io = avio_alloc_context(buffer, io_buffer_bytes, 0, this, &Bytes::read, nullptr,
                                    &Bytes::seek);
        if (io == nullptr) {
            av_free(buffer);
            throw std::bad_alloc();
        }
    }
    ~Bytes() {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    // Called by libav, which is C: nothing may be thrown through it.
    static int read(void* self, std::uint8_t* into, int size) noexcept {
        auto& bytes = *static_cast<Bytes*>(self);
        try {
            const std::span<std::uint8_t> room(into, static_cast<std::size_t>(size));
            const auto got = bytes.read_from(bytes.place, std::as_writable_bytes(room));
            bytes.place += got;
            return got == 0 ? AVERROR_EOF : static_cast<int>(got);
        } catch (const std::system_error& error) {
            return AVERROR(error.code().value());
        }
    }

    static std::int64_t seek(void* self, std::int64_t offset, int whence) noexcept {
        auto& bytes = *static_cast<Bytes*>(self);
        const auto size = static_cast<std::int64_t>(bytes.all);
        switch (whence & ~AVSEEK_FORCE) {
        case AVSEEK_SIZE:
            return size;
        case SEEK_SET:
            break;
        case SEEK_CUR:
            offset += static_cast<std::int64_t>(bytes.place);
            break;
        case SEEK_END:
            offset += size;
            break;
        default:
            return AVERROR(EINVAL);
        }
        if (offset < 0)
            return AVERROR(EINVAL);
        bytes.place = static_cast<std::uint64_t>(offset);
        return offset;
    }

    Reading read_from;
    std::uint64_t all;
    std::uint64_t place = 0;
    AVIOContext* io = nullptr;
};

Input::Input(const SourceFile& file)
    : Input(std::make_unique<Bytes>(
          [&file](std::uint64_t offset, std::span<std::byte> room) { return file.read(offset, room); },
          file.size())) {}

Input::Input(std::string_view bytes)
    : Input(std::make_unique<Bytes>(
          [bytes](std::uint64_t offset, std::span<std::byte> room) {
              const auto there = bytes.substr(std::min<std::uint64_t>(offset, bytes.size()), room.size());
              std::memcpy(room.data(), there.data(), there.size());
              return there.size();
          },
          bytes.size())) {}

Input::Input(std::unique_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {
    AVFormatContext* context = avformat_alloc_context();
    if (context == nullptr)
        throw std::bad_alloc();
    context->pb = bytes_->io;
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->io_open = refuse_open;
    Options options;
    options.set("format_whitelist", formats)
        .set("codec_whitelist", decoders)
        .set("protocol_whitelist", "")
        .set("max_streams", 64)
        .set("probesize", 10'000'000)
        .set("analyzeduration", 10'000'000);
    // Frees the context itself where it fails.
    check(avformat_open_input(&context, "", nullptr, options.out()), "open the recording");
    context_.reset(context);

    std::vector<Options> kept(context->nb_streams);
    std::vector<AVDictionary*> per_stream;
    for (auto& stream : kept) {
        stream.set("max_pixels", max_pixels).set("threads", 1);
        per_stream.push_back(*stream.out());
    }
    const int found = avformat_find_stream_info(context, per_stream.data());
    for (std::size_t i = 0; i < kept.size(); ++i)
        *kept[i].out() = per_stream[i];
    check(found, "look into the recording");
}

Input::~Input() = default;
Input::Input(Input&&) noexcept = default;

const AVStream& Input::stream(int index) const { return *context_->streams[index]; }

void Input::only(int stream, int other) { only(std::vector{stream, other}); }

void Input::only(std::vector<int> streams) {
    only_ = std::move(streams);
    for (unsigned i = 0; i < context_->nb_streams; ++i)
        context_->streams[i]->discard =
            is_wanted(static_cast<int>(i)) ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

bool Input::is_wanted(int stream) const {
    return !only_ || std::ranges::find(*only_, stream) != only_->end();
}

Packet Input::read() {
    auto packet = make_packet();
    // Beyond a damaged place there may be more: demuxers resynchronise when asked again. That of MP4
    // calls it an end, too, where its index says that one sample of one track lies behind the file's.
    const bool goes_by_index = std::string_view(context_->iformat->name).starts_with("mov");
    for (int tries = 0; tries < 64;) {
        const int result = av_read_frame(context_.get(), packet.get());
        if (result >= 0) {
            // What was read to look into the recording is given whatever is discarded since.
            if (is_wanted(packet->stream_index))
                return packet;
            av_packet_unref(packet.get());
            continue;
        }
        ++tries;
        if ((result == AVERROR_EOF && !goes_by_index) || result == AVERROR(EIO))
            return nullptr;
    }
    return nullptr;
}

bool Input::seek(int stream, std::int64_t time) {
    return av_seek_frame(context_.get(), stream, time, AVSEEK_FLAG_BACKWARD) >= 0;
}

std::string guess_format(std::span<const std::byte> head) {
    std::vector<unsigned char> padded(head.size() + AVPROBE_PADDING_SIZE);
    if (!head.empty())
        std::memcpy(padded.data(), head.data(), head.size());
    AVProbeData data{};
    data.filename = "";
    data.buf = padded.data();
    data.buf_size = static_cast<int>(head.size());
    int score = 0;
    const auto* format = av_probe_input_format3(&data, 1, &score);
    return format != nullptr && score > AVPROBE_SCORE_RETRY ? format->name : "";
}

bool is_accepted_format(std::string_view name) {
    return av_match_list(std::string(name).c_str(), formats, ',') > 0;
}

const AVCodec* accepted_decoder(AVCodecID id) {
    void* place = nullptr;
    while (const auto* codec = av_codec_iterate(&place))
        if (codec->id == id && av_codec_is_decoder(codec) != 0 &&
            av_match_list(codec->name, decoders, ',') > 0)
            return codec;
    return nullptr;
}

} // namespace transcoder::av
