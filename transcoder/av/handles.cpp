#include "transcoder/av/handles.h"

#include "transcoder/av/failure.h"

#include <new>

namespace transcoder::av {

Frame make_frame() {
    Frame frame(av_frame_alloc());
    if (!frame)
        throw std::bad_alloc();
    return frame;
}

Frame another(const AVFrame& frame) {
    Frame reference(av_frame_clone(&frame));
    if (!reference)
        throw std::bad_alloc();
    return reference;
}

Packet another(const AVPacket& packet) {
    Packet reference(av_packet_clone(&packet));
    if (!reference)
        throw std::bad_alloc();
    return reference;
}

Packet make_packet() {
    Packet packet(av_packet_alloc());
    if (!packet)
        throw std::bad_alloc();
    return packet;
}

Options& Options::set(const char* name, const char* value) {
    check(av_dict_set(&dictionary_, name, value, 0), "set an option");
    return *this;
}

Options& Options::set(const char* name, std::int64_t value) {
    check(av_dict_set_int(&dictionary_, name, value, 0), "set an option");
    return *this;
}

void Options::all_used(const char* by) const {
    const auto* left = av_dict_get(dictionary_, "", nullptr, AV_DICT_IGNORE_SUFFIX);
    if (left != nullptr)
        throw Failure(std::string(by) + ": no such option: " + left->key, AVERROR_OPTION_NOT_FOUND);
}

} // namespace transcoder::av
