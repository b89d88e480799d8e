#pragma once

#include <string>
#include <string_view>

namespace server::net {

/// What may stand in the log of an address's path: the rest of one that holds a grant to play, or a secret that signs
/// somebody in, is left out.
std::string loggable(std::string_view path);

} // namespace server::net
