#include "server/control/socket_address.h"

#include <fcntl.h>

namespace server::control {

SocketAddress::SocketAddress(const catalog::store::DataFolder& folder)
    : folder_(check_call(::open(folder.root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC),
                         "open the data folder")),
      name_(folder.socket().filename().string()) {}

std::string SocketAddress::path() const {
    return "/proc/self/fd/" + std::to_string(folder_.number()) + "/" + name_;
}

} // namespace server::control
