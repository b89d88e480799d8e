#include "server/application.h"
#include "server/commands/commands.h"

#include <boost/asio/signal_set.hpp>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <csignal>
#include <iostream>

namespace server::commands {
namespace {

/// "127.0.0.1:8062", "localhost:8062", "[::1]:8062"
net::Listening listening_at(const std::string& option, const std::string& text) {
    const auto colon = text.rfind(':');
    net::Listening listening;
    const auto port = colon == std::string::npos ? "" : text.substr(colon + 1);
    const auto end = port.data() + port.size();
    const auto [stopped, error] = std::from_chars(port.data(), end, listening.port);
    listening.address = text.substr(0, colon);
    if (listening.address.starts_with('[') && listening.address.ends_with(']'))
        listening.address = listening.address.substr(1, listening.address.size() - 2);
    if (listening.address == "localhost")
        listening.address = "127.0.0.1";
    boost::system::error_code no_address;
    net::asio::ip::make_address(listening.address, no_address);
    if (port.empty() || error != std::errc{} || stopped != end || no_address)
        throw std::runtime_error(option + " takes an address and a port, such as 127.0.0.1:8062.");
    return listening;
}

std::unique_ptr<catalog::time::Clock>
clock_from(const std::optional<catalog::time::UtcTime>& start) {
    if (start)
        return std::make_unique<catalog::time::ShiftedClock>(*start);
    return std::make_unique<catalog::time::SystemClock>();
}

/// The first signal lets what runs end; the second ends everything.
net::Task<> stop_on_signals(net::asio::signal_set& signals, Application& application) {
    co_await signals.async_wait(net::asio::use_awaitable);
    spdlog::info("Stopping.");
    application.stop();
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
}

std::string address_of(const net::Listening& listening, std::uint16_t port) {
    const bool is_v6 = listening.address.find(':') != std::string::npos;
    return "http://" + (is_v6 ? "[" + listening.address + "]" : listening.address) + ":" +
           std::to_string(port);
}

} // namespace

int serve(const Serve& options) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("kiroku"));
    auto listening = listening_at("--listen", options.listen);
    IngestAddresses ingest;
    if (!options.rtmp.empty())
        ingest.rtmp = listening_at("--rtmp", options.rtmp);
    if (!options.srt.empty())
        ingest.srt = listening_at("--srt", options.srt);
    listening.threads = static_cast<unsigned>(options.threads);
    Application application({
        .folder = options.folder,
        .settings = load_settings(options.folder.settings()),
        .listening = listening,
        .ingest = ingest,
        .clock = clock_from(options.clock),
        .share = pages::Share::folder_of_program(),
    });
    net::asio::signal_set signals(application.executor(), SIGTERM, SIGINT);
    net::asio::co_spawn(application.executor(), stop_on_signals(signals, application),
                        [](const std::exception_ptr&) {});
    std::cout << "Listening on " << address_of(listening, application.port()) << std::endl;
    application.run();
    return 0;
}

} // namespace server::commands
