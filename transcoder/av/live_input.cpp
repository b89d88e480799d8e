#include "transcoder/av/live_input.h"

#include "transcoder/av/failure.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <new>

namespace transcoder::av {

namespace {

using std::chrono::steady_clock;

constexpr int io_buffer_bytes = 64 * 1024;

const char* name_of(LiveInput::Container container) {
    return container == LiveInput::Container::flv ? "flv" : "mpegts";
}

int refuse_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
    return AVERROR(EACCES);
}

} // namespace

/// The bytes behind an input, and libav's view of them.
struct LiveInput::Bytes {
    explicit Bytes(int from) : descriptor(from) {
        auto* buffer = static_cast<unsigned char*>(av_malloc(io_buffer_bytes));
        if (buffer != nullptr)
            io = avio_alloc_context(buffer, io_buffer_bytes, 0, this, &Bytes::read, nullptr, nullptr);
        if (io == nullptr) {
            av_free(buffer);
            throw std::bad_alloc();
        }
        io->seekable = 0;
    }
    ~Bytes() {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    bool has_come() const {
        pollfd polled{descriptor, POLLIN, 0};
        return ::poll(&polled, 1, 0) > 0;
    }

    // Called by libav, which is C: nothing is thrown through it.
    static int read(void* self, std::uint8_t* into, int size) noexcept {
        auto& bytes = *static_cast<Bytes*>(self);
        const bool waits = !bytes.has_come();
        for (;;) {
            const auto got = ::read(bytes.descriptor, into, static_cast<std::size_t>(size));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return AVERROR(errno);
            if (waits)
                bytes.waited = steady_clock::now();
            bytes.count += static_cast<std::uint64_t>(got);
            return got == 0 ? AVERROR_EOF : static_cast<int>(got);
        }
    }

    int descriptor;
    AVIOContext* io = nullptr;
    steady_clock::time_point waited = steady_clock::now();
    std::uint64_t count = 0;
};

LiveInput::LiveInput(int descriptor, Container container)
    : bytes_(std::make_unique<Bytes>(descriptor)) {
    const auto* format = av_find_input_format(name_of(container));
    if (format == nullptr)
        throw Failure("find the demuxer", AVERROR_DEMUXER_NOT_FOUND);
    AVFormatContext* context = avformat_alloc_context();
    if (context == nullptr)
        throw std::bad_alloc();
    context->pb = bytes_->io;
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->io_open = refuse_open;
    Options options;
    options.set("format_whitelist", name_of(container))
        .set("codec_whitelist", "h264,aac")
        .set("protocol_whitelist", "")
        .set("max_streams", 16)
        .set("probesize", 64 * 1024);
    // Frees the context itself where it fails.
    check(avformat_open_input(&context, "", format, options.out()), "open what is published");
    context_.reset(context);
}

LiveInput::~LiveInput() = default;

const AVStream& LiveInput::stream(int index) const { return *context_->streams[index]; }

Packet LiveInput::read() {
    auto packet = make_packet();
    constexpr int most_damaged_in_turn = 10'000;
    for (int tries = 0; tries < most_damaged_in_turn; ++tries) {
        const int result = av_read_frame(context_.get(), packet.get());
        if (result >= 0)
            return packet;
        if (result == AVERROR_EOF || result == AVERROR(EIO))
            return nullptr;
        if (result == AVERROR(ENOMEM))
            throw std::bad_alloc();
    }
    return nullptr;
}

steady_clock::time_point LiveInput::waited() const { return bytes_->waited; }

std::uint64_t LiveInput::bytes_read() const { return bytes_->count; }

} // namespace transcoder::av
