#include "transcoder/command_line.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <iostream>
#include <optional>

namespace transcoder {

namespace {

constexpr const char* version = "kiroku-transcoder 1.0";
constexpr int wrong_words = 2;

struct Text {
    const char* english;
    const char* japanese;
    std::string in(Language language) const {
        return language == Language::japanese ? japanese : english;
    }
};

constexpr Text about{
    R"(Makes a folder that plays in any browser (HLS, CMAF) of any recording.

  kiroku-transcoder lecture.mp4 out/

Any static web server can serve the folder: open main.m3u8. What is needed to play the recording in
several sizes is in it, and report.json, which says what was made of the recording and why. The
loudness is set to -16 LUFS. Place, device and author, where the recording names them, are left out.

A run that was stopped, in any way, goes on where it was when it is started again with the same words.
Standard output: what happens, one JSON object a line. Standard error: a progress bar where that is a
terminal, and one plain sentence where nothing could be made. The exit status is 0 where the folder is
whole, 1 where nothing was made, 2 where the words were wrong.)",
    R"(録画から、ブラウザーで再生できるフォルダー（HLS、CMAF）を作ります。

  kiroku-transcoder lecture.mp4 out/

フォルダーは、どのウェブサーバーからでも配信できます（main.m3u8 を開きます）。複数の大きさの動画と、
何をなぜ作ったかを記した report.json が入ります。音量は -16 LUFS にそろえます。録画に記された場所、
機器、作成者の情報は取り除きます。

途中で止まっても、同じ指定でもう一度実行すれば、続きから作ります。
標準出力には経過を1行1つのJSONで、標準エラー出力には、端末であれば進みぐあいを、作れなかったときは
その理由を1文で示します。終了コードは、できたとき 0、作れなかったとき 1、指定が誤っているとき 2 です。)"};

constexpr Text ends{
    R"(Examples:
  kiroku-transcoder lecture.mp4 out/ --ladder 360@12,480@15,720,1080
  kiroku-transcoder lecture.mp4 --only probe
  kiroku-transcoder --download out/ lecture-to-take-along.mp4)",
    R"(例:
  kiroku-transcoder lecture.mp4 out/ --ladder 360@12,480@15,720,1080
  kiroku-transcoder lecture.mp4 --only probe
  kiroku-transcoder --download out/ lecture-to-take-along.mp4)"};

/// The words as they were typed, before any of them is understood.
struct Typed {
    std::string input;
    std::string folder;
    std::string language = plan::Wishes{}.language;
    std::string threads;
    std::string ladder;
    std::string segment;
    std::string only;
    bool no_passthrough = false;
    bool as_job = false;
    bool as_live = false;
    bool as_pages = false;
    bool as_withdraw = false;
    bool as_download = false;
    std::string rendition;
    std::string span;
};

void describe(CLI::App& app, Typed& typed, Language language) {
    const auto in = [language](const char* english, const char* japanese) {
        return Text{english, japanese}.in(language);
    };
    app.set_help_flag("-h,--help", in("Say this", "この説明を示す"));
    app.set_version_flag("--version", version, in("Say the version", "版を示す"));
    app.add_option("INPUT", typed.input, in("The recording", "録画のファイル"));
    app.add_option("FOLDER", typed.folder,
                   in("Where the folder is made: empty, or not there",
                      "出力先。空のフォルダーか、まだないもの"));
    app.add_option("--ladder", typed.ladder,
                   in("The sizes to make: lines, with frames a second where not all are wanted",
                      "作る大きさ。行数と、減らす場合は1秒のフレーム数"))
        ->type_name("360@12,720,…");
    app.add_option("--segment", typed.segment,
                   in("How long a segment is, 2 to 10 (6 unless told)",
                      "セグメントの長さ、2 から 10（指定しなければ 6）"))
        ->type_name("SECONDS");
    app.add_flag("--no-passthrough", typed.no_passthrough,
                 in("Encode all, also what could be taken over as it is",
                    "そのまま使える映像や音声も、すべて変換し直す"));
    app.add_option("--language", typed.language,
                   in("The sound's language (BCP 47), where the recording does not say; ja unless "
                      "told",
                      "音声の言語（BCP 47）。録画に記されていない場合に使う。指定しなければ ja"))
        ->type_name("TAG");
    app.add_option("-j,--jobs,--threads", typed.threads,
                   in("How many threads work at once; one a core unless told",
                      "同時に使うスレッドの数。指定しなければコアの数"))
        ->type_name("N");
    app.add_option("--only", typed.only,
                   in("'probe': print what the recording is and what would be made of it, as JSON, "
                      "and make nothing; 'loudness': also how loud it is and where it is silent",
                      "probe: 録画の内容と、何を作るかをJSONで示し、何も作らない。"
                      "loudness: 音量と無音の箇所も示す"))
        ->type_name("STEP");
    app.add_flag("--download", typed.as_download,
                 in("INPUT is a finished folder and FOLDER a file: make one MP4 of it that can be "
                    "taken along; nothing is encoded",
                    "INPUT にできあがったフォルダー、FOLDER にファイル名を指定し、持ち運べる MP4 を1つ作る。"
                    "変換し直さない"));
    app.add_option("--rendition", typed.rendition,
                   in("With --download: which one (v480; a64 is the sound alone); the largest unless "
                      "told",
                      "--download で使うもの（v480 など。a64 なら音声だけ）。指定しなければ最も大きいもの"))
        ->type_name("NAME");
    app.add_option("--span", typed.span,
                   in("With --download: only these spans, in seconds and in order; the last may be open: 12.5-60,75-",
                      "--download で使う範囲（秒）。時刻の順に、いくつでも。最後の終わりは省ける: 12.5-60,75-"))
        ->type_name("BEGIN-END,…");
    app.add_flag("--job", typed.as_job,
                 in("Take the job from a line of standard input, "
                    "{\"input\":…,\"folder\":…}; end when standard input closes",
                    "標準入力の1行（{\"input\":…,\"folder\":…}）で指示を受け、標準入力が閉じたら終わる"));
    app.add_flag("--live", typed.as_live,
                 in("Take a live recording's job from a line of standard input, and what is published "
                    "from behind it",
                    "標準入力の1行でライブ配信の指示を受け、続く配信のデータを録画する"));
    app.add_flag("--pages", typed.as_pages,
                 in("Take a handout's job from a line of standard input: makes a picture of each page of a "
                    "PDF, and its text",
                    "標準入力の1行で資料の指示を受け、PDF の各ページの画像と文字を取り出す"));
    app.add_flag("--withdraw", typed.as_withdraw,
                 in("Take from a line of standard input which spans are to be taken out of a finished folder "
                    "for good: black and silent from then on",
                    "標準入力の1行で指示を受け、できあがったフォルダーから、取り消す部分の映像と音を完全に消す"));
}

Rejection wrong(std::string japanese, std::string english) {
    return {Kind::internal, std::move(japanese), std::move(english)};
}

Outcome<unsigned> read_threads(std::string_view text) {
    unsigned threads = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), threads);
    constexpr unsigned most = 1024;
    if (error != std::errc{} || end != text.data() + text.size() || threads > most)
        return wrong("スレッドの数 (--jobs) は 0 から 1024 までの整数です。",
                     "The number of threads (--jobs) is a whole number from 0 to 1024.");
    return threads;
}

/// "12.5": seconds to the millisecond; none where it is none of a recording.
std::optional<std::chrono::milliseconds> read_seconds(std::string_view text) {
    constexpr double longest = 1'000'000;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value,
                                              std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= 0 && value <= longest))
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(value * 1000));
}

/// "12.5-60,75-": in their order, apart; an end that is open is later than any.
Outcome<std::vector<catalog::Span>> read_spans(std::string_view text) {
    std::vector<catalog::Span> spans;
    for (bool more = true; more;) {
        const auto comma = std::min(text.find(','), text.size());
        const auto dash = std::min(text.find('-'), comma);
        const bool is_open = dash + 1 == comma && comma == text.size();
        const auto begin = read_seconds(text.substr(0, dash));
        const auto end = is_open ? std::chrono::milliseconds::max()
                                 : read_seconds(text.substr(std::min(dash + 1, comma), comma - std::min(dash + 1, comma)));
        const bool follows = spans.empty() || (begin && *begin > spans.back().end);
        if (!begin || !end || *begin >= *end || !follows)
            return wrong("範囲 (--span) は 12.5-60 のように、始まりと終わりを秒で、時刻の順に指定してください。",
                         "Spans (--span) are two times in seconds each, in their order, as 12.5-60,75-90.");
        spans.push_back({*begin, *end});
        more = comma < text.size();
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return spans;
}

/// Which of the ways to be started the words mean.
Outcome<Asked::As> way_of(const Typed& typed) {
    if (typed.as_download) {
        if (typed.as_job || !typed.only.empty() || typed.input.empty() || typed.folder.empty())
            return wrong("--download には、できあがったフォルダーと、作るファイルの名前を指定してください。",
                         "--download takes a finished folder and the name of the file to make.");
        return Asked::As::download;
    }
    if (!typed.rendition.empty() || !typed.span.empty())
        return wrong("--rendition と --span は --download とともに指定してください。",
                     "--rendition and --span go with --download.");
    const bool only_look = typed.only == "probe" || typed.only == "loudness";
    if (!typed.only.empty() && !only_look)
        return wrong("--only に指定できるのは probe か loudness です。",
                     "--only knows two steps: probe and loudness.");
    if (typed.as_job && (!typed.input.empty() || only_look))
        return wrong("--job には、ほかの指定はいりません。標準入力の1行で指示してください。",
                     "--job takes no other words: the job is a line of standard input.");
    if (typed.as_live && (typed.as_job || !typed.input.empty() || only_look))
        return wrong("--live には、ほかの指定はいりません。標準入力の1行で指示してください。",
                     "--live takes no other words: the job is a line of standard input.");
    if (typed.as_pages && (typed.as_job || typed.as_live || !typed.input.empty() || only_look))
        return wrong("--pages には、ほかの指定はいりません。標準入力の1行で指示してください。",
                     "--pages takes no other words: the job is a line of standard input.");
    const bool has_others = typed.as_job || typed.as_live || typed.as_pages || !typed.input.empty() || only_look;
    if (typed.as_withdraw && has_others)
        return wrong("--withdraw には、ほかの指定はいりません。標準入力の1行で指示してください。",
                     "--withdraw takes no other words: the job is a line of standard input.");
    if (typed.as_withdraw)
        return Asked::As::withdraw;
    if (typed.as_live)
        return Asked::As::live;
    if (typed.as_pages)
        return Asked::As::pages;
    if (typed.as_job)
        return Asked::As::job;
    if (typed.input.empty())
        return wrong("録画のファイルと出力先を指定してください。--help で説明を示します。",
                     "Name the recording and the folder to make; --help says more.");
    if (only_look && !typed.folder.empty())
        return wrong("--only は何も作らないので、出力先はいりません。",
                     "--only makes nothing: name no folder.");
    if (!only_look && typed.folder.empty())
        return wrong("出力先のフォルダーを指定してください。",
                     "Name the folder to make, after the recording.");
    return only_look ? Asked::As::look : Asked::As::tool;
}

Outcome<Asked> understood(const Typed& typed) {
    const auto as = way_of(typed);
    if (!as)
        return as.error();
    Asked asked{*as, typed.only == "loudness" ? Look::loudness : Look::probe, {}, {}};
    if (*as == Asked::As::download) {
        asked.download = {typed.input, typed.folder, typed.rendition};
        if (!typed.span.empty()) {
            auto spans = read_spans(typed.span);
            if (!spans)
                return spans.error();
            asked.download.pieces = std::move(*spans);
        }
        return asked;
    }
    asked.job.input = typed.input;
    asked.job.folder = typed.folder;
    auto& wishes = asked.job.wishes;
    wishes.language = typed.language;
    if (typed.no_passthrough)
        asked.job.passthrough = plan::Passthrough::never;
    if (!typed.threads.empty()) {
        const auto threads = read_threads(typed.threads);
        if (!threads)
            return threads.error();
        asked.job.threads = *threads;
    }
    if (!typed.ladder.empty()) {
        auto ladder = plan::read_ladder(typed.ladder);
        if (!ladder)
            return ladder.error();
        wishes.ladder = std::move(*ladder);
    }
    if (!typed.segment.empty()) {
        const auto segment = plan::read_segment(typed.segment);
        if (!segment)
            return segment.error();
        wishes.segment = *segment;
    }
    return asked;
}

/// What is wrong with words that could not be told apart.
Rejection not_understood(const CLI::App& app, const CLI::ParseError& error) {
    constexpr bool of_all = true;
    if (const auto unknown = app.remaining(of_all); !unknown.empty())
        return wrong("「" + unknown.front() + "」は分かりません。--help で説明を示します。",
                     "\"" + unknown.front() + "\" is not known here; --help says what is.");
    return wrong(std::string("指定を読めません。--help で説明を示します。(") + error.what() + ")",
                 std::string("The words cannot be read (") + error.what() +
                     "); --help says which there are.");
}

} // namespace

Words read_words(int count, const char* const* words, Language language) {
    CLI::App app(about.in(language), "kiroku-transcoder");
    app.footer(ends.in(language));
    Typed typed;
    describe(app, typed, language);
    const auto refuse = [language](const Rejection& rejection) {
        std::cerr << said(rejection, language) << '\n';
        return Words{std::nullopt, wrong_words};
    };
    try {
        app.parse(count, words);
    } catch (const CLI::Success& asked_for) {
        return {std::nullopt, app.exit(asked_for, std::cout, std::cerr)};
    } catch (const CLI::ParseError& error) {
        return refuse(not_understood(app, error));
    }
    auto asked = understood(typed);
    if (!asked)
        return refuse(asked.error());
    return {std::move(*asked), 0};
}

namespace {

/// Throws nlohmann's exceptions where a value is of another kind than it has to be.
Outcome<plan::Wishes> read_wishes(const nlohmann::json& text) {
    plan::Wishes wishes;
    wishes.language = text.value("language", wishes.language);
    if (text.contains("ladder")) {
        auto ladder = plan::read_ladder(text.at("ladder").get<std::string>());
        if (!ladder)
            return ladder.error();
        wishes.ladder = std::move(*ladder);
    }
    if (text.contains("segment_s")) {
        const auto segment = plan::read_segment(text.at("segment_s").dump());
        if (!segment)
            return segment.error();
        wishes.segment = *segment;
    }
    return wishes;
}

} // namespace

Outcome<Job> read_job(std::string_view line) {
    try {
        const auto text = nlohmann::json::parse(line);
        Job job;
        job.input = text.at("input").get<std::string>();
        job.folder = text.at("folder").get<std::string>();
        job.threads = text.value("threads", job.threads);
        if (!text.value("passthrough", true))
            job.passthrough = plan::Passthrough::never;
        job.caller = folder::Caller::server;
        auto wishes = read_wishes(text);
        if (!wishes)
            return wishes.error();
        job.wishes = std::move(*wishes);
        return job;
    } catch (const nlohmann::json::exception&) {
        return Rejection{Kind::internal, "変換の指示を読めません。", "The job's line is no job."};
    }
}

namespace {

Rejection no_live_job() {
    return {Kind::internal, "ライブ配信の指示を読めません。", "The live job's line is no job."};
}

} // namespace

Outcome<live::LiveJob> read_live_job(std::string_view line) {
    using live::LiveJob;
    try {
        const auto text = nlohmann::json::parse(line);
        LiveJob job;
        job.folder = text.at("folder").get<std::string>();
        job.language = text.value("language", job.language);
        job.threads = text.value("threads", job.threads);
        if (text.value("end", false)) {
            job.does = LiveJob::Does::ends;
            return job;
        }
        const auto container = text.at("container").get<std::string>();
        const auto begins_at =
            catalog::time::parse_rfc3339(text.at("begins_at").get<std::string>());
        if (!begins_at || (container != "flv" && container != "mpegts"))
            return no_live_job();
        job.begins_at = *begins_at;
        job.container = container == "flv" ? av::LiveInput::Container::flv
                                           : av::LiveInput::Container::mpegts;
        return job;
    } catch (const nlohmann::json::exception&) {
        return no_live_job();
    }
}

} // namespace transcoder
