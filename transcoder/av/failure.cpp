#include "transcoder/av/failure.h"

#include "transcoder/av/log.h"

extern "C" {
#include <libavutil/error.h>
}

#include <array>

namespace transcoder::av {

namespace {

std::string sentence(const std::string& doing, int code) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> said{};
    av_strerror(code, said.data(), said.size());
    auto text = doing + ": " + said.data();
    if (const auto last = last_log_line(); !last.empty())
        text += " (" + last + ")";
    return text;
}

} // namespace

Failure::Failure(const std::string& doing, int code)
    : std::runtime_error(sentence(doing, code)), code_(code) {}

int check(int result, const char* doing) {
    if (result < 0)
        throw Failure(doing, result);
    return result;
}

Answer answer(int result, const char* doing) {
    if (result == AVERROR(EAGAIN))
        return Answer::again;
    if (result == AVERROR_EOF)
        return Answer::end;
    check(result, doing);
    return Answer::done;
}

} // namespace transcoder::av
