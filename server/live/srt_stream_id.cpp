#include "server/live/srt_stream_id.h"

#include <algorithm>

namespace server::live {

std::optional<SrtStreamId> read_stream_id(std::string_view text) {
    constexpr std::string_view keyed = "#!::";
    SrtStreamId id;
    if (!text.starts_with(keyed)) {
        id.key = text;
        return text.empty() ? std::nullopt : std::optional(id);
    }
    text.remove_prefix(keyed.size());
    while (!text.empty()) {
        const auto field = text.substr(0, text.find(','));
        text.remove_prefix(std::min(field.size() + 1, text.size()));
        if (field.starts_with("r="))
            id.key = field.substr(2);
        if (field == "e=1")
            id.encryption = SrtStreamId::Encryption::by_passphrase;
        if (field.starts_with("m=") && field != "m=publish")
            return std::nullopt;
    }
    return id.key.empty() ? std::nullopt : std::optional(id);
}

} // namespace server::live
