#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace server::live {

/// What an SRT publisher says who it is.
struct SrtStreamId {
    std::string key;
    enum class Encryption { none, by_passphrase } encryption = Encryption::none;
    friend bool operator==(const SrtStreamId&, const SrtStreamId&) = default;
};

/// The stream key alone, or "#!::r=KEY,m=publish" (SRT Access Control); with "e=1" where it encrypts,
/// since a listener must know that before it hears it. Nothing where it holds no key, or asks for
/// something else than to publish.
std::optional<SrtStreamId> read_stream_id(std::string_view text);

} // namespace server::live
