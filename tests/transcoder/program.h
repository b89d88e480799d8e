#pragma once

#include "tests/support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace test {

/// What the transcoder said and how it ended.
struct Run {
    int status = 0;  ///< its exit status; -1 where a signal ended it
    std::vector<nlohmann::json> events;
    std::string said;  ///< on standard error

    /// The last event of that name, or null.
    nlohmann::json last(const std::string& event) const;
};

/// Runs the real program to its end. `input` is its standard input. Where it has finished a folder, that
/// keeps every rule of tests/support/hls_rules.
Run transcode(const std::vector<std::string>& words, const std::string& input = "");

/// A live recording's run: `publish` takes a file as if it were published now, `end_live` ends it.
struct Publication {
    std::filesystem::path folder;
    std::string container;   ///< "flv" or "mpegts"
    std::filesystem::path file;
    std::string begins_at = "2021-10-27T13:10:00.000+09:00";
};
Run publish(const Publication& publication);
/// Ends it by SIGKILL as soon as it has told of `events` events. What it told.
std::vector<nlohmann::json> publish_and_kill(const Publication& publication, std::size_t events);
Run end_live(const std::filesystem::path& folder);

/// What the program prints when it is started with `words`; it must succeed.
std::string printed_by(const std::vector<std::string>& words);

/// Runs it and ends it by SIGKILL as soon as it has told of `events` events. Whether it was killed:
/// it may have been done before.
bool transcode_and_kill(const std::vector<std::string>& words, std::size_t events);

/// Runs a command of the system to its end; its exit status.
int command(const std::vector<std::string>& words);

/// What such a command says on standard error; it must succeed.
std::string said_by(const std::vector<std::string>& words);

/// A recording made by the ffmpeg command: `words` between `ffmpeg` and the file.
void make_recording(const std::filesystem::path& file, const std::vector<std::string>& words);

/// `seconds` of a moving test picture with a tone, as H.264 and AAC.
std::vector<std::string> moving_picture(double seconds, const std::string& rate = "25",
                                        const std::string& size = "160x90");

/// How loud something that plays is, by the ffmpeg command's own meter (EBU R128).
struct Loudness {
    double integrated_lufs;
    double true_peak_dbtp;
};
Loudness loudness(const std::filesystem::path& file);

/// The folder's report.
nlohmann::json report(const std::filesystem::path& folder);

/// Every file in the folder and the folders in it, with its bytes; of its report all but how fast it was made.
std::map<std::string, std::string> contents(const std::filesystem::path& folder);

/// What is wrong with a finished folder: rules of HLS that it breaks, players that cannot play it.
std::vector<std::string> faults(const std::filesystem::path& folder);

} // namespace test
