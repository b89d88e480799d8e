#include "tests/transcoder/sandbox/stub.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <sstream>
#include <stdexcept>

namespace test {

namespace {

[[noreturn]] void become_hostile(const std::vector<std::string>& words, const std::string& folder,
                                 const std::string& open_file, int out) {
    std::string program = HOSTILE_PROGRAM;
    std::vector<std::string> copies = words;
    std::vector<char*> arguments{program.data()};
    for (auto& word : copies)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    constexpr int secret = 42;
    const int file = ::open(open_file.c_str(), O_RDONLY);
    if (::dup2(file, secret) == secret && ::dup2(out, STDOUT_FILENO) == STDOUT_FILENO &&
        ::chdir(folder.c_str()) == 0)
        ::execv(program.c_str(), arguments.data());
    ::_exit(127);
}

std::string all_from(int descriptor) {
    std::string text;
    std::array<char, 1024> bytes{};
    for (ssize_t got = 0; (got = ::read(descriptor, bytes.data(), bytes.size())) > 0;)
        text.append(bytes.data(), static_cast<std::size_t>(got));
    return text;
}

} // namespace

Told run_hostile(const std::vector<std::string>& words, const std::string& folder,
                 const std::string& open_file) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    const auto child = ::fork();
    if (child == 0)
        become_hostile(words, folder, open_file, ends[1]);
    ::close(ends[1]);
    std::istringstream lines(all_from(ends[0]));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        throw std::runtime_error("the hostile program could not begin");

    Told told;
    for (std::string line; std::getline(lines, line);) {
        const auto name = line.substr(0, line.find(' '));
        if (name == "done" || name == "refused")
            told.outcome = line;
        else if (name != line)
            told.layers[name] = line.substr(name.size() + 1);
    }
    if (WIFSIGNALED(status))
        told.outcome = std::string("SIG") + ::sigabbrev_np(WTERMSIG(status));
    return told;
}

} // namespace test
