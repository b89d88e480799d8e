#include "server/access/secret.h"

#include <sodium.h>

namespace server::access {

void Secret::wipe() noexcept {
    sodium_memzero(text_.data(), text_.size());
    text_.clear();
}

} // namespace server::access
