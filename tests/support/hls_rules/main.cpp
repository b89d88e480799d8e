#include "tests/support/hls_rules/folder.h"
#include "tests/support/hls_rules/live_rules.h"

#include <iostream>

namespace {

constexpr std::string_view usage = "usage: kiroku-hls-check FOLDER...\n"
                                   "       kiroku-hls-check --live FOLDER...\n";

} // namespace

/// kiroku-hls-check FOLDER...: a line for each rule that a finished recording's folder breaks; with
/// --live, that the versions of a session's playlists break, which a recorder took one after the other.
/// Exit 0: none is broken; 1: some are; 2: it was called wrongly.
int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    const bool is_live = !words.empty() && words.front() == "--live";
    const std::vector<std::string> folders(words.begin() + (is_live ? 1 : 0), words.end());
    if (folders.empty()) {
        std::cerr << usage;
        return 2;
    }
    bool broken = false;
    for (const std::string& folder : folders) {
        const auto breaches = is_live ? hls_rules::check_recorded_session(folder)
                                      : hls_rules::check_folder(folder);
        for (const hls_rules::Breach& breach : breaches) {
            std::cout << (folders.size() > 1 ? folder + ": " : std::string()) << to_text(breach)
                      << '\n';
            broken = true;
        }
    }
    return broken ? 1 : 0;
}
