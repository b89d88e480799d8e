#include "server/access/password.h"
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

int ask(const catalog::store::DataFolder& folder, const control::Change& change) {
    const auto zone = catalog::time::Zone::named(load_settings(folder.settings()).site.zone);
    const auto answer =
        control::ask(folder, change, catalog::time::SystemClock().now(), zone.value());
    for (const auto& sentence : answer.refused)
        std::cerr << sentence << '\n';
    if (!answer.refused.empty())
        return 1;
    std::cout << answer.done << '\n';
    return 0;
}

} // namespace

int import_catalog(const catalog::store::DataFolder& folder, const std::filesystem::path& file) {
    return ask(folder, control::Import{read_file(file)});
}

int add_account(const catalog::store::DataFolder& folder, std::string name, catalog::Role role,
                std::optional<catalog::Department> department) {
    const auto password = read_password();
    return ask(folder, control::AddAccount{std::move(name), role, std::move(department),
                                           access::hash_password(password)});
}

int add_registration(const catalog::store::DataFolder& folder,
                     const catalog::Registration& registration) {
    return ask(folder, control::AddRegistration{registration});
}

} // namespace server::commands
