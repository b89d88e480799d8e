#include "server/access/password.h"
#include "server/access/random.h"
#include "server/access/stream_key.h"
#include "server/commands/commands.h"
#include "server/control/client.h"
#include "catalog/time/clock.h"
#include "server/settings.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include <termios.h>
#include <unistd.h>

namespace server::commands {
namespace {

constexpr std::size_t longest_password = 1000;

/// Turns a terminal's echo off while a password is typed.
class Silence {
  public:
    Silence() : is_terminal_(::isatty(STDIN_FILENO) && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!is_terminal_)
            return;
        std::cerr << "Password: " << std::flush;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() {
        if (!is_terminal_)
            return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::cerr << '\n';
    }

  private:
    termios before_{};
    bool is_terminal_;
};

access::Secret read_password() {
    const Silence silence;
    std::string line;
    std::getline(std::cin, line);
    if (line.ends_with('\r'))
        line.pop_back();
    if (line.empty() || line.size() > longest_password)
        throw std::runtime_error("The password is a line on standard input, at most " +
                                 std::to_string(longest_password) + " bytes long.");
    return access::Secret(std::move(line));
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream || text.bad())
        throw std::runtime_error(file.string() + " cannot be read.");
    return std::move(text).str();
}

/// The sentence that says what was done; nothing where it was refused, and that was told.
std::optional<std::string> tell(const catalog::store::DataFolder& folder,
                                const control::Change& change) {
    const auto zone = catalog::time::Zone::named(load_settings(folder.settings()).site.zone);
    const auto answer =
        control::ask(folder, change, catalog::time::SystemClock().now(), zone.value());
    for (const auto& sentence : answer.refused)
        std::cerr << sentence << '\n';
    return answer.refused.empty() ? std::optional(answer.done) : std::nullopt;
}

int ask(const catalog::store::DataFolder& folder, const control::Change& change) {
    const auto done = tell(folder, change);
    if (!done)
        return 1;
    std::cout << *done << '\n';
    return 0;
}

} // namespace

int import_catalog(const catalog::store::DataFolder& folder, const std::filesystem::path& file) {
    return ask(folder, control::Import{read_file(file)});
}

int make_stream_key(const catalog::store::DataFolder& folder, const catalog::VideoId& video) {
    const auto key = access::random_stream_key();
    const auto made = tell(folder, control::SetStreamKey{video, access::token_hash(key)});
    if (!made)
        return 1;
    const auto settings = load_settings(folder.settings());
    const auto host = settings.site.hosts.empty() ? "localhost" : settings.site.hosts.front();
    std::cerr << *made << '\n'
              << "RTMP: rtmp://" << host << ":1935/live/" << key << '\n'
              << "SRT:  srt://" << host << ":9000?streamid=" << key << '\n'
              << "SRT, encrypted: srt://" << host << ":9000?streamid=#!::r=" << key
              << ",m=publish,e=1&passphrase=" << access::StreamSecret::load(folder.secrets()).passphrase(key) << '\n';
    std::cout << key << '\n';
    return 0;
}

int end_live(const catalog::store::DataFolder& folder, const catalog::VideoId& video) {
    return ask(folder, control::EndLive{video});
}

int add_account(const catalog::store::DataFolder& folder, std::string name, catalog::Role role,
                std::optional<catalog::Department> department) {
    const auto password = read_password();
    return ask(folder, control::AddAccount{std::move(name), role, std::move(department),
                                           access::hash_password(password)});
}

int end_second_step(const catalog::store::DataFolder& folder, std::string name) {
    return ask(folder, control::EndSecondStep{std::move(name)});
}

int add_registration(const catalog::store::DataFolder& folder,
                     const catalog::Registration& registration) {
    return ask(folder, control::AddRegistration{registration});
}

} // namespace server::commands
