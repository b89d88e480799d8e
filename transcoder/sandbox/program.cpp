#include "transcoder/sandbox/program.h"

#include "transcoder/sandbox/sandbox.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace transcoder::sandbox {

namespace {

void check(bool done, const char* doing) {
    if (!done)
        throw std::system_error(errno, std::generic_category(), doing);
}

/// Its standard descriptors, which are all that it has.
void set_up_descriptors(const Program& program, int answer) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    const bool told = program.complaints == Program::Complaints::told;
    check(nowhere >= 0 && ::lseek(program.input, 0, SEEK_SET) == 0 &&
              ::dup2(program.input, STDIN_FILENO) >= 0 && ::dup2(answer, STDOUT_FILENO) >= 0 &&
              ::dup2(told ? answer : nowhere, STDERR_FILENO) >= 0,
          "set up a program's descriptors");
}

} // namespace

Answer ask_program(const Watch& watch, std::size_t longest, const Program& program) {
    const auto work = [&program](int answer) {
        set_up_descriptors(program, answer);
        const Sandbox walls{program.limits, {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}, -1, program.path};
        walls.enter();
        std::string name = program.path.string();
        auto words = program.words;
        std::vector<char*> arguments{name.data()};
        for (auto& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);
        std::string locale = "LC_ALL=C.UTF-8";
        const std::array<char*, 2> environment{locale.data(), nullptr};
        ::execve(name.c_str(), arguments.data(), environment.data());
        return could_not_start;
    };
    return ask_apart(watch, longest, work);
}

} // namespace transcoder::sandbox
