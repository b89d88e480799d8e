#include "server/live/srt_stream_id.h"

namespace server::live {

std::optional<std::string> key_in_stream_id(std::string_view stream_id) {
    constexpr std::string_view keyed = "#!::";
    if (!stream_id.starts_with(keyed))
        return stream_id.empty() ? std::nullopt : std::optional(std::string(stream_id));
    stream_id.remove_prefix(keyed.size());
    std::optional<std::string> key;
    while (!stream_id.empty()) {
        const auto field = stream_id.substr(0, stream_id.find(','));
        stream_id.remove_prefix(std::min(field.size() + 1, stream_id.size()));
        if (field.starts_with("r="))
            key = field.substr(2);
        if (field.starts_with("m=") && field != "m=publish")
            return std::nullopt;
    }
    return key && !key->empty() ? key : std::nullopt;
}

} // namespace server::live
