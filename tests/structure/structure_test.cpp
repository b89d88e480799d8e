#include "tests/structure/await_check.h"
#include "tests/structure/source_file.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <regex>

using namespace structure;

namespace {

const std::vector<SourceFile>& sources() {
    static const std::vector<SourceFile> files = source_files(KIROKU_ROOT);
    return files;
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [&text](const std::string& start) { return text.starts_with(start); });
}

std::string place(const SourceFile& file, std::size_t line) {
    return file.path + ":" + std::to_string(line);
}

/// Who may include what begins so. Tests may include anything of ours.
struct Door {
    std::vector<std::string> includes;
    std::vector<std::string> rooms;  ///< beginnings of paths
};

const std::vector<Door> doors{
    {{"catalog/store/"}, {"catalog/store/", "server/"}},
    {{"server/"}, {"server/"}},
    {{"transcoder/"}, {"transcoder/"}},
    {{"SQLiteCpp/", "sqlite3.h"}, {"catalog/store/"}},
    {{"date/"}, {"catalog/time/"}},
    {{"libav", "libsw", "libpostproc"}, {"transcoder/"}},
    {{"boost/asio", "boost/beast"}, {"server/"}},
    {{"boost/"}, {"server/", "catalog/", "transcoder/"}},
    {{"mustache", "kainjow/"}, {"server/pages/"}},
    {{"toml++/", "toml.hpp"}, {"server/settings"}},
    {{"sodium"}, {"server/access/", "server/upload/checksum"}},
    {{"openssl/"}, {"catalog/store/backup/file_copy", "server/access/totp", "server/access/verified_grants", "server/upload/checksum"}},
    {{"srt/"}, {"server/live/srt_listener"}},
    {{"zlib.h"}, {"server/http/"}},
    {{"utf8proc.h"}, {"catalog/search/"}},
    {{"iconv.h"}, {"catalog/text/"}},
    {{"CLI/"}, {"server/main.cpp", "server/commands/", "transcoder/command_line"}},
};

} // namespace

TEST_CASE("includes run one way, and each third party has one door", "[structure]") {
    std::vector<std::string> wrong;
    for (const SourceFile& file : sources()) {
        if (!file.is_cpp() || file.lies_in("tests")) {
            continue;
        }
        for (const Include& include : includes_of(file)) {
            for (const Door& door : doors) {
                if (starts_with_any(include.what, door.includes) &&
                    !starts_with_any(file.path, door.rooms)) {
                    wrong.push_back(place(file, include.line) + " includes " + include.what);
                }
            }
        }
    }
    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("no file is too long to be read at a sitting", "[structure]") {
    const std::vector<std::string> counted{".cpp", ".h", ".ts", ".tsx", ".css", ".mustache", ".mjs"};
    std::vector<std::string> too_long;
    for (const SourceFile& file : sources()) {
        const bool counts = std::any_of(counted.begin(), counted.end(), [&file](const auto& kind) {
            return file.path.ends_with(kind);
        });
        if (counts && file.lines.size() > 400) {
            too_long.push_back(file.path + " has " + std::to_string(file.lines.size()) + " lines");
        }
    }
    CHECK(too_long == std::vector<std::string>{});
}

TEST_CASE("nothing is awaited beside a lambda or an aggregate written in place", "[structure]") {
    std::vector<std::string> wrong;
    for (const SourceFile& file : sources()) {
        if (file.is_cpp()) {
            for (const std::size_t line : risky_awaits(code_of(file))) {
                wrong.push_back(place(file, line));
            }
        }
    }
    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("nothing is left for later, and no machine's own paths are written down", "[structure]") {
    // Put together here, so that this file does not hold what it looks for.
    const std::regex forbidden("\\b(TO" "DO|FIX" "ME|X" "XX|HA" "CK)\\b|/wo" "rk/");
    std::vector<std::string> wrong;
    for (const SourceFile& file : sources()) {
        for (std::size_t at = 0; at < file.lines.size(); ++at) {
            if (std::regex_search(file.lines[at], forbidden)) {
                wrong.push_back(place(file, at + 1) + " " + file.lines[at]);
            }
        }
    }
    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("every header guards itself, and no header opens a namespace", "[structure]") {
    std::vector<std::string> wrong;
    for (const SourceFile& file : sources()) {
        if (!file.path.ends_with(".h")) {
            continue;
        }
        const auto is_guard = [](const std::string& line) { return line == "#pragma once"; };
        const auto opens = [](const std::string& line) { return line.starts_with("using namespace"); };
        if (std::none_of(file.lines.begin(), file.lines.end(), is_guard) ||
            std::any_of(file.lines.begin(), file.lines.end(), opens)) {
            wrong.push_back(file.path);
        }
    }
    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("the check for awaits finds what g++ 12 destroys twice", "[structure]") {
    const auto lines = [](const std::string& code) { return risky_awaits(code); };
    CHECK(lines("auto a = co_await offload(pool, [x] { return x; });") == std::vector<std::size_t>{1});
    CHECK(lines("\nco_await f(Point{1, 2});") == std::vector<std::size_t>{2});
    CHECK(lines("auto a = b ? nullptr : co_await f();") == std::vector<std::size_t>{1});
    CHECK(lines("co_await f({.a = 1});") == std::vector<std::size_t>{1});
    CHECK(lines("x = g([y] {\n return y; }, co_await f());") == std::vector<std::size_t>{1});
    CHECK(lines("auto run = [x] { return x; };\nco_await offload(pool, std::move(run));").empty());
    CHECK(lines("const auto [error, size] = co_await read(socket, outcome);").empty());
    CHECK(lines("if (a) {\n co_await f();\n}\nfor (auto& b : c) { co_await f(list[at]); }").empty());
    CHECK(lines("auto f = [this]() -> Task<> { co_await g(); };").empty());
    CHECK(lines("while (!co_await f()) {\n g();\n}").empty());
}
