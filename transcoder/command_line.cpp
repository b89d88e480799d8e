#include "transcoder/command_line.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>

namespace transcoder {

namespace {

constexpr const char* about =
    R"(録画から、配信用のフォルダー（HLS、CMAF）を作ります。
Makes an HLS presentation (CMAF) of any recording: a folder that any player and any static web
server can play.

  kiroku-transcoder lecture.mp4 out/

Standard output: what happens, one JSON object a line. Standard error: a progress bar where that is
a terminal, and one plain sentence where nothing could be made. A run that was stopped goes on where
it was when it is started again with the same words.)";

constexpr const char* version = "kiroku-transcoder 1.0";

} // namespace

Words read_words(int count, const char* const* words) {
    CLI::App app(about, "kiroku-transcoder");
    Asked asked;
    bool as_job = false;
    std::string input;
    std::string folder;
    app.set_version_flag("--version", version, "版を示す / Say the version");
    app.set_help_flag("-h,--help", "この説明を示す / Say this");
    app.add_option("INPUT", input, "録画のファイル / The recording");
    app.add_option("FOLDER", folder,
                   "出力先（なければ作る）/ Where the folder is made; empty or not there");
    app.add_option("--language", asked.job.language,
                   "音声の言語（録画に記されていない場合）/ The sound's language (BCP 47), where the "
                   "recording does not say")
        ->capture_default_str();
    app.add_option("--threads", asked.job.threads,
                   "同時に使うスレッドの数 / Threads at once; 0: one a core")
        ->capture_default_str();
    bool no_passthrough = false;
    app.add_flag("--no-passthrough", no_passthrough,
                 "元の映像・音声をそのまま使わず、すべて変換する / Encode everything, also what could be "
                 "handed on as it is");
    app.add_flag("--job", as_job,
                 "標準入力の1行（JSON）で指示を受ける / Take the job from a line of standard input: "
                 "{\"input\":…,\"folder\":…}; end when standard input closes");
    try {
        app.parse(count, words);
        if (as_job == (!input.empty() || !folder.empty()) || input.empty() != folder.empty())
            throw CLI::ValidationError("INPUT と FOLDER、または --job を指定してください / "
                                       "give INPUT and FOLDER, or --job");
    } catch (const CLI::ParseError& error) {
        return {std::nullopt, app.exit(error, std::cout, std::cerr)};
    }
    if (no_passthrough)
        asked.job.passthrough = plan::Passthrough::never;
    asked.job.input = input;
    asked.job.folder = folder;
    asked.as = as_job ? Asked::As::job : Asked::As::tool;
    return {std::move(asked), 0};
}

Outcome<Job> read_job(std::string_view line) {
    try {
        const auto text = nlohmann::json::parse(line);
        Job job;
        job.input = text.at("input").get<std::string>();
        job.folder = text.at("folder").get<std::string>();
        job.language = text.value("language", job.language);
        job.threads = text.value("threads", job.threads);
        if (!text.value("passthrough", true))
            job.passthrough = plan::Passthrough::never;
        job.caller = folder::Caller::server;
        return job;
    } catch (const nlohmann::json::exception&) {
        return Rejection{Kind::internal, "変換の指示を読めません。", "The job's line is no job."};
    }
}

} // namespace transcoder
