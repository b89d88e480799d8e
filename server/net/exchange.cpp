#include "server/net/exchange.h"

#include <cstring>

namespace server::net {

void Exchange::compact() {
    if (used == 0) {
        return;
    }
    std::memmove(buffer.data(), buffer.data() + used, filled - used);
    filled -= used;
    used = 0;
}

void Exchange::clear() {
    filled = 0;
    used = 0;
    looked_at = 0;
    out.owner = std::monostate();
}

std::unique_ptr<Exchange> Exchanges::take() {
    if (spare_.empty()) {
        // The buffer is not cleared: bytes are read before they are looked at.
        return std::make_unique_for_overwrite<Exchange>();
    }
    auto exchange = std::move(spare_.back());
    spare_.pop_back();
    return exchange;
}

void Exchanges::give_back(std::unique_ptr<Exchange> exchange) {
    exchange->clear();
    if (spare_.size() < most_spare) {
        spare_.push_back(std::move(exchange));
    }
}

} // namespace server::net
