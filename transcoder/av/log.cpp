#include "transcoder/av/log.h"

extern "C" {
#include <libavutil/log.h>
}

#include <array>
#include <utility>

namespace transcoder::av {

namespace {

thread_local std::string last_line;

void keep(void* context, int level, const char* format, va_list arguments) {
    if (level > AV_LOG_ERROR)
        return;
    std::array<char, 512> line{};
    int print_prefix = 1;
    av_log_format_line2(context, level, format, arguments, line.data(),
                        static_cast<int>(line.size()), &print_prefix);
    last_line = line.data();
    while (!last_line.empty() && last_line.back() == '\n')
        last_line.pop_back();
}

} // namespace

void capture_log() { av_log_set_callback(keep); }

std::string last_log_line() { return std::exchange(last_line, {}); }

} // namespace transcoder::av
