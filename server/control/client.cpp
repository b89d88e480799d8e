#include "server/control/client.h"

#include "server/control/socket_address.h"

#include <boost/asio/local/stream_protocol.hpp>

#include <chrono>
#include <optional>
#include <thread>

namespace server::control {
namespace {

using namespace std::chrono_literals;
using catalog::store::DataFolder;

/// Nothing where no server listens.
std::optional<Answer> ask_server(const DataFolder& folder, const Change& change) {
    using boost::asio::local::stream_protocol;
    const SocketAddress address(folder);
    stream_protocol::iostream stream(stream_protocol::endpoint(address.path()));
    if (!stream)
        return std::nullopt;
    stream << to_line(change) << std::flush;
    std::string line;
    std::getline(stream, line);
    if (line.empty())
        throw std::runtime_error(
            "The server ended before it answered. Look whether the change was made.");
    auto answer = read_answer(line);
    if (!answer)
        throw std::runtime_error(answer.error().message);
    return std::move(*answer);
}

} // namespace

Answer ask(const DataFolder& folder, const Change& change, catalog::time::UtcTime now,
           const catalog::time::Zone& zone) {
    catalog::store::create(folder);
    const auto give_up = std::chrono::steady_clock::now() + 20s;
    for (;;) {
        if (auto answer = ask_server(folder, change))
            return std::move(*answer);
        try {
            const catalog::store::WriterLock lock(folder);
            catalog::store::Catalog catalog(folder.catalog_file(),
                                            catalog::store::Catalog::Access::write);
            return apply(catalog, change, now, zone);
        } catch (const catalog::store::CatalogInUse&) {
            // A server that starts or stops, or another command: ask again in a moment.
            if (std::chrono::steady_clock::now() > give_up)
                throw;
        }
        std::this_thread::sleep_for(20ms);
    }
}

} // namespace server::control
