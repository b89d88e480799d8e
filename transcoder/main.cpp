#include "transcoder/av/log.h"
#include "transcoder/command_line.h"
#include "transcoder/hygiene.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

using namespace transcoder;

/// One line, read byte by byte: what follows it is the watcher's.
std::string read_line(int descriptor) {
    constexpr std::size_t longest = 64 * 1024;
    std::string line;
    char byte = 0;
    while (line.size() < longest && ::read(descriptor, &byte, 1) == 1 && byte != '\n')
        line += byte;
    return line;
}

Outcome<Job> job_of(const Asked& asked) {
    if (asked.as == Asked::As::tool)
        return asked.job;
    auto job = read_job(read_line(STDIN_FILENO));
    follow_parent();
    return job;
}

Outcome<Finished> run(const Asked& asked, Events& events) {
    const auto job = job_of(asked);
    if (!job)
        return job.error();
    const bool for_people = asked.as == Asked::As::tool && ::isatty(STDERR_FILENO) == 1;
    ProgressBar bar(std::cerr, for_people ? ProgressBar::Shown::yes : ProgressBar::Shown::no);
    return transcode(*job, events, bar);
}

/// As `run`; what broke becomes a sentence too, with its cause behind it.
Outcome<Finished> run_to_a_sentence(const Asked& asked, Events& events) {
    try {
        return run(asked, events);
    } catch (const std::exception& failure) {
        auto rejection = reject(Kind::internal);
        rejection.message_en += std::string(" (") + failure.what() + ")";
        return rejection;
    }
}

/// Whether the terminal's language is Japanese: the first of these that is set says so.
bool reads_japanese() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* language = std::getenv(name); language != nullptr && *language != '\0')
            return std::string_view(language).starts_with("ja");
    return false;
}

} // namespace

int main(int count, char** words) {
    const auto read = read_words(count, words);
    if (!read.asked)
        return read.status;
    confine();
    av::capture_log();
    Events events(std::cout);
    const auto made = run_to_a_sentence(*read.asked, events);
    if (made) {
        events.finished(*made);
        return EXIT_SUCCESS;
    }
    events.failed(made.error());
    std::cerr << (reads_japanese() ? made.error().message : made.error().message_en) << '\n';
    return EXIT_FAILURE;
}
