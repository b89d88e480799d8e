#include "server/play/download_file.h"

#include "server/http/file_name.h"

#include <chrono>
#include <cstdint>

namespace server::play {

namespace {

/// Tells the clips of a recording apart, however many pieces they have (FNV-1a).
std::uint64_t number_of(const catalog::Clip& clip) {
    constexpr std::uint64_t basis = 14'695'981'039'346'656'037U;
    constexpr std::uint64_t prime = 1'099'511'628'211U;
    constexpr unsigned bits = 64;
    constexpr unsigned bits_a_byte = 8;
    std::uint64_t number = basis;
    const auto take = [&number](std::chrono::milliseconds time) {
        const auto value = static_cast<std::uint64_t>(time.count());
        for (unsigned at = 0; at < bits; at += bits_a_byte)
            number = (number ^ (value >> at & 0xFFU)) * prime;
    };
    for (const auto& [begin, end] : clip.pieces()) {
        take(begin);
        take(end);
    }
    return number;
}

} // namespace

std::string download_file_of(const catalog::RecordingId& recording, const catalog::Clip& clip) {
    // A dot stands in no id: no two recordings have the same file.
    return recording.text() + (clip.is_whole() ? "" : "." + std::to_string(number_of(clip))) + ".mp4";
}

std::string download_name_of(const catalog::Video& video) {
    return http::readable_name(video.title + ".mp4");
}

} // namespace server::play
