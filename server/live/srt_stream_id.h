#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace server::live {

/// The stream key in a stream id: the key alone, or "#!::r=KEY,m=publish" (SRT Access Control).
/// Nothing where it holds none, or asks for something else than to publish.
std::optional<std::string> key_in_stream_id(std::string_view stream_id);

} // namespace server::live
