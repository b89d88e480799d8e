#include "server/net/loggable.h"

namespace server::net {

std::string loggable(std::string_view path) {
    for (const std::string_view secret : {"/play/", "/join/", "/password/", "/answer/"}) {
        if (path.starts_with(secret)) {
            return std::string(secret) + "...";
        }
    }
    return std::string(path);
}

} // namespace server::net
