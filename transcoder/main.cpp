#include "transcoder/av/log.h"
#include "transcoder/command_line.h"
#include "transcoder/documents/pages.h"
#include "transcoder/hygiene.h"
#include "transcoder/live/live.h"
#include "transcoder/withdraw/withdraw.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

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

/// What a live recording's run gives: nothing is finished while it may go on.
Outcome<std::optional<Finished>> run_live(Events& events) {
    const auto job = read_live_job(read_line(STDIN_FILENO));
    follow_parent();
    if (!job)
        return job.error();
    return live::run(*job, events);
}

/// What `work` gives; what broke becomes a sentence too, with its cause behind it.
template <class Work> auto to_a_sentence(const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& failure) {
        auto rejection = reject(Kind::internal);
        rejection.message_en += std::string(" (") + failure.what() + ")";
        return rejection;
    }
}

/// Says what would be made, and makes nothing.
int look(const Asked& asked, Language language) {
    const auto found = to_a_sentence([&asked] { return look_at(asked.job, asked.how); });
    if (found)
        std::cout << *found;
    else
        std::cerr << said(found.error(), language) << '\n';
    return found ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// Makes one file of a finished folder, and says something only where it cannot.
int take_along(const Asked& asked, Language language) {
    const auto made = to_a_sentence([&asked] { return download(asked.download); });
    if (!made)
        std::cerr << said(made.error(), language) << '\n';
    return made ? EXIT_SUCCESS : EXIT_FAILURE;
}

int fail(const Rejection& rejection, Events& events, Language language) {
    events.failed(rejection);
    std::cerr << said(rejection, language) << '\n';
    return EXIT_FAILURE;
}

/// Takes a publisher's stream, or ends a live recording.
int go_live(Language language) {
    Events events(std::cout);
    const auto made = to_a_sentence([&events] { return run_live(events); });
    if (!made)
        return fail(made.error(), events, language);
    if (*made)
        events.finished(**made);
    return EXIT_SUCCESS;
}

Outcome<int> run_pages(Events& events) {
    const auto job = documents::read_pages_job(read_line(STDIN_FILENO));
    follow_parent();
    if (!job)
        return job.error();
    return documents::make_pages(*job, events);
}

/// Makes a handout's pages.
int page_through(Language language) {
    Events events(std::cout);
    const auto made = to_a_sentence([&events] { return run_pages(events); });
    if (!made)
        return fail(made.error(), events, language);
    events.paged(*made);
    return EXIT_SUCCESS;
}

Outcome<Finished> run_withdrawal(Events& events) {
    const auto job = withdraw::read_job(read_line(STDIN_FILENO));
    follow_parent();
    if (!job)
        return job.error();
    return withdraw::run(*job, events);
}

/// Takes spans out of a finished folder.
int take_back(Language language) {
    Events events(std::cout);
    const auto made = to_a_sentence([&events] { return run_withdrawal(events); });
    if (!made)
        return fail(made.error(), events, language);
    events.finished(*made);
    return EXIT_SUCCESS;
}

} // namespace

int main(int count, char** words) {
    const auto language = language_of_terminal();
    const auto read = read_words(count, words, language);
    if (!read.asked)
        return read.status;
    confine();
    av::capture_log();
    if (read.asked->as == Asked::As::look)
        return look(*read.asked, language);
    if (read.asked->as == Asked::As::download)
        return take_along(*read.asked, language);
    if (read.asked->as == Asked::As::live)
        return go_live(language);
    if (read.asked->as == Asked::As::pages)
        return page_through(language);
    if (read.asked->as == Asked::As::withdraw)
        return take_back(language);
    Events events(std::cout);
    const auto made = to_a_sentence([&] { return run(*read.asked, events); });
    if (!made)
        return fail(made.error(), events, language);
    events.finished(*made);
    return EXIT_SUCCESS;
}
