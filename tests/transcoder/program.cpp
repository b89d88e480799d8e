#include "tests/transcoder/program.h"

#include "catalog/media/media_folder.h"
#include "tests/support/hls_rules/folder.h"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace test {

namespace {

namespace fs = std::filesystem;

/// A started program: it is waited for, and nothing of it stays.
class Process {
  public:
    /// Its standard input holds `input` and is closed behind it; `said` takes its standard error.
    Process(std::vector<std::string> words, const std::string& input, const fs::path& said) {
        const auto in = open_pipe();
        const auto out = open_pipe();
        out_ = out[0];
        // Less than a pipe holds: it need not be read yet.
        REQUIRE(::write(in[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
        ::close(in[1]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        posix_spawn_file_actions_addopen(&actions, 2, said.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                         0600);
        std::vector<char*> pointers;
        for (auto& word : words)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        const int failed =
            posix_spawnp(&id_, pointers[0], &actions, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        if (failed != 0)
            throw std::system_error(failed, std::generic_category(), words[0]);
    }
    ~Process() {
        if (id_ > 0)
            kill();
        ::close(out_);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// The next line of its standard output; none when it has closed it.
    std::optional<std::string> line() {
        for (;;) {
            if (const auto end = unread_.find('\n'); end != std::string::npos) {
                auto text = unread_.substr(0, end);
                unread_.erase(0, end + 1);
                return text;
            }
            std::array<char, 4096> bytes{};
            const auto got = ::read(out_, bytes.data(), bytes.size());
            if (got <= 0)
                return std::nullopt;
            unread_.append(bytes.data(), static_cast<std::size_t>(got));
        }
    }

    int wait() {
        int status = 0;
        ::waitpid(std::exchange(id_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    int kill() {
        ::kill(id_, SIGKILL);
        return wait();
    }

  private:
    static std::array<int, 2> open_pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe");
        return ends;
    }

    pid_t id_ = -1;
    int out_ = -1;
    std::string unread_;
};

std::string read(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> with_program(const std::vector<std::string>& words) {
    std::vector<std::string> all{TRANSCODER_PROGRAM};
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

} // namespace

nlohmann::json Run::last(const std::string& event) const {
    for (auto i = events.rbegin(); i != events.rend(); ++i)
        if (i->at("event") == event)
            return *i;
    return nullptr;
}

namespace {

/// The folder that a run was told to make: by its words, or by its job.
fs::path folder_of(const std::vector<std::string>& words, const std::string& input) {
    const auto job = nlohmann::json::parse(input, nullptr, false);
    if (job.is_object() && job.contains("folder"))
        return job["folder"].get<std::string>();
    const auto is_made = [](const std::string& word) { return fs::exists(fs::path(word) / "main.m3u8"); };
    const auto found = std::ranges::find_if(words, is_made);
    REQUIRE(found != words.end());
    return *found;
}

/// Whoever has finished a folder has broken no rule in it.
void check_rules_of(const fs::path& folder) {
    CAPTURE(folder);
    std::vector<std::string> broken;
    for (const auto& breach : hls_rules::check_folder(folder))
        broken.push_back(to_text(breach));
    if (fs::exists(folder / "stills" / "main.m3u8"))
        for (const auto& breach : hls_rules::check_folder(folder / "stills"))
            if (breach.rule != "V8") // one bit rate is what sound and slides are for
                broken.push_back("stills: " + to_text(breach));
    CHECK(broken == std::vector<std::string>{});
}

} // namespace

Run transcode(const std::vector<std::string>& words, const std::string& input) {
    const TemporaryFolder folder;
    Process process(with_program(words), input, folder / "said");
    Run run;
    while (const auto line = process.line())
        run.events.push_back(nlohmann::json::parse(*line));
    run.status = process.wait();
    run.said = read(folder / "said");
    if (run.status == 0 && !run.last("finished").is_null())
        check_rules_of(folder_of(words, input));
    return run;
}

namespace {

/// The program's words, by way of a shell that opens `file` as its standard input.
std::vector<std::string> reading(const fs::path& file) {
    return {"sh", "-c", "exec \"$0\" --live < \"$1\"", TRANSCODER_PROGRAM, file.string()};
}

/// What the program reads: its job, and behind it what is published.
void write_published(const fs::path& file, const Publication& publication) {
    const nlohmann::json job{{"folder", publication.folder.string()},
                             {"container", publication.container},
                             {"begins_at", publication.begins_at},
                             {"threads", 2}};
    std::ofstream(file, std::ios::binary) << job.dump() << '\n' << read(publication.file);
}

} // namespace

Run publish(const Publication& publication) {
    const TemporaryFolder folder;
    write_published(folder / "published", publication);
    Process process(reading(folder / "published"), "", folder / "said");
    Run run;
    while (const auto line = process.line())
        run.events.push_back(nlohmann::json::parse(*line));
    run.status = process.wait();
    run.said = read(folder / "said");
    return run;
}

std::vector<nlohmann::json> publish_and_kill(const Publication& publication, std::size_t events) {
    const TemporaryFolder folder;
    write_published(folder / "published", publication);
    Process process(reading(folder / "published"), "", folder / "said");
    std::vector<nlohmann::json> told;
    while (told.size() < events) {
        const auto line = process.line();
        if (!line)
            break;
        told.push_back(nlohmann::json::parse(*line));
    }
    process.kill();
    return told;
}

Run end_live(const fs::path& folder) {
    const nlohmann::json job{{"folder", folder.string()}, {"end", true}};
    return transcode({"--live"}, job.dump() + "\n");
}

std::string printed_by(const std::vector<std::string>& words) {
    const TemporaryFolder folder;
    Process process(with_program(words), "", folder / "said");
    std::string printed;
    while (const auto line = process.line())
        printed += *line + "\n";
    REQUIRE(process.wait() == 0);
    return printed;
}

bool transcode_and_kill(const std::vector<std::string>& words, std::size_t events) {
    const TemporaryFolder folder;
    Process process(with_program(words), "", folder / "said");
    for (std::size_t i = 0; i < events; ++i)
        if (!process.line())
            return process.wait() == -1;
    return process.kill() == -1;
}

int command(const std::vector<std::string>& words) {
    const TemporaryFolder folder;
    Process process(words, "", folder / "said");
    while (process.line()) {
    }
    const int status = process.wait();
    if (status != 0)
        UNSCOPED_INFO(words[0] << ": " << read(folder / "said"));
    return status;
}

std::string said_by(const std::vector<std::string>& words) {
    const TemporaryFolder folder;
    Process process(words, "", folder / "said");
    while (process.line()) {
    }
    REQUIRE(process.wait() == 0);
    return read(folder / "said");
}

Loudness loudness(const fs::path& file) {
    const auto said = said_by({"ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-i", file.string(),
                               "-map", "0:a:0", "-af", "ebur128=peak=true", "-f", "null", "-"});
    const auto number_after = [&said](const std::string& name) {
        const auto at = said.rfind(name);
        REQUIRE(at != std::string::npos);
        return std::strtod(said.c_str() + at + name.size(), nullptr);
    };
    return {number_after("I:"), number_after("Peak:")};
}

nlohmann::json report(const fs::path& folder) {
    return nlohmann::json::parse(read(folder / "report.json"));
}

void make_recording(const fs::path& file, const std::vector<std::string>& words) {
    std::vector<std::string> all{"ffmpeg", "-v", "error", "-nostdin", "-y"};
    all.insert(all.end(), words.begin(), words.end());
    all.push_back(file.string());
    REQUIRE(command(all) == 0);
}

std::vector<std::string> moving_picture(double seconds, const std::string& rate,
                                        const std::string& size) {
    const auto length = std::to_string(seconds);
    return {"-f",    "lavfi",       "-i",        "testsrc2=s=" + size + ":r=" + rate + ":d=" + length,
            "-f",    "lavfi",       "-i",        "sine=f=440:r=44100:d=" + length,
            "-c:v",  "libx264",     "-preset",   "ultrafast",
            "-g",    "40",          "-pix_fmt",  "yuv420p",
            "-c:a",  "aac"};
}

std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files.emplace(fs::relative(entry.path(), folder).string(), read(entry.path()));
    if (const auto found = files.find("report.json"); found != files.end()) {
        auto text = nlohmann::ordered_json::parse(found->second);
        REQUIRE(text.erase("speed") == 1);
        found->second = text.dump(2);
    }
    return files;
}

std::vector<std::string> faults(const fs::path& folder) {
    std::vector<std::string> found;
    for (const auto& breach : hls_rules::check_folder(folder))
        found.push_back(to_text(breach));
    for (const auto& entry : fs::directory_iterator(folder)) {
        // What the ffmpeg command reads of I-frames alone is all samples that a fragment names.
        const auto name = entry.path().filename().string();
        if (entry.path().extension() != ".m3u8" || catalog::media::is_i_frames_file(name))
            continue;
        if (command({"ffmpeg", "-v", "error", "-nostdin", "-xerror", "-i", entry.path().string(),
                     "-f", "null", "-"}) != 0)
            found.push_back(name + " does not play");
    }
    return found;
}

} // namespace test
