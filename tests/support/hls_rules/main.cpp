#include "tests/support/hls_rules/folder.h"

#include <iostream>

/// kiroku-hls-check FOLDER...: a line for each rule that a finished recording's folder breaks.
/// Exit 0: none is broken; 1: some are; 2: it was called wrongly.
int main(int count, char** arguments) {
    if (count < 2) {
        std::cerr << "usage: kiroku-hls-check FOLDER...\n";
        return 2;
    }
    bool broken = false;
    for (int i = 1; i < count; ++i) {
        for (const hls_rules::Breach& breach : hls_rules::check_folder(arguments[i])) {
            std::cout << (count > 2 ? std::string(arguments[i]) + ": " : std::string())
                      << to_text(breach) << '\n';
            broken = true;
        }
    }
    return broken ? 1 : 0;
}
