#include "tests/structure/source_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <stdexcept>

namespace structure {

namespace {

namespace fs = std::filesystem;

const std::set<std::string> kinds{".cpp", ".h",   ".ts",  ".tsx", ".mjs",     ".js",
                                  ".css", ".hbs", ".lua", ".md",  ".mustache", ".txt",
                                  ".sh",  ".json"};
const std::set<std::string> not_ours{".git", "build", "data", "node_modules"};

SourceFile read(const fs::path& root, const fs::path& path) {
    SourceFile file{fs::relative(path, root).generic_string(), {}};
    std::ifstream stream(path);
    for (std::string line; std::getline(stream, line);) {
        file.lines.push_back(line);
    }
    return file;
}

bool is_script(const fs::path& path) {
    std::ifstream stream(path);
    std::string line;
    return path.extension().empty() && std::getline(stream, line) && line.starts_with("#!");
}

/// Where a literal or comment that opens at `at` ends.
std::size_t end_of_literal(const std::string& text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size() && text[at] != quote; ++at) {
        if (text[at] == '\\') {
            ++at;
        }
    }
    return std::min(at + 1, text.size());
}

std::size_t end_of_raw(const std::string& text, std::size_t at) {
    const std::size_t open = text.find('(', at);
    const std::string close = ")" + text.substr(at + 2, open - at - 2) + "\"";
    const std::size_t end = text.find(close, open);
    return end == std::string::npos ? text.size() : end + close.size();
}

/// A quote between digits is none: 10'000.
bool is_separator(const std::string& text, std::size_t at) {
    return at > 0 && std::isxdigit(static_cast<unsigned char>(text[at - 1])) != 0;
}

void blank(std::string& text, std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
        if (text[at] != '\n') {
            text[at] = ' ';
        }
    }
}

} // namespace

bool SourceFile::is_cpp() const { return path.ends_with(".cpp") || path.ends_with(".h"); }

std::string SourceFile::text() const {
    std::string text;
    for (const std::string& line : lines) {
        text.append(line).append("\n");
    }
    return text;
}

std::vector<Include> includes_of(const SourceFile& file) {
    std::vector<Include> includes;
    for (std::size_t at = 0; at < file.lines.size(); ++at) {
        const std::string& line = file.lines[at];
        const std::size_t begin = line.find_first_of("<\"");
        if (line.starts_with("#include") && begin != std::string::npos) {
            const std::size_t end = line.find_first_of(">\"", begin + 1);
            includes.push_back({line.substr(begin + 1, end - begin - 1), at + 1});
        }
    }
    return includes;
}

std::string code_of(const SourceFile& file) {
    std::string text = file.text();
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (text.compare(at, 2, "//") == 0) {
            end = std::min(text.find('\n', at), text.size());
            blank(text, at, end);
        } else if (text.compare(at, 2, "/*") == 0) {
            end = std::min(text.find("*/", at + 2), text.size() - 2) + 2;
            blank(text, at, end);
        } else if (text.compare(at, 2, "R\"") == 0) {
            end = end_of_raw(text, at);
            blank(text, at, end);
        } else if (text[at] == '"' || (text[at] == '\'' && !is_separator(text, at))) {
            end = end_of_literal(text, at);
            blank(text, at + 1, end - 1);
        }
        at = end;
    }
    return text;
}

std::vector<SourceFile> source_files(const fs::path& root) {
    std::vector<SourceFile> files;
    for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator();
         ++at) {
        if (at->is_directory() && not_ours.contains(at->path().filename().string())) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file() &&
                   (kinds.contains(at->path().extension().string()) || is_script(at->path()))) {
            files.push_back(read(root, at->path()));
        }
    }
    if (files.size() < 50) {
        throw std::runtime_error("this is not the root of the sources: " + root.string());
    }
    return files;
}

} // namespace structure
