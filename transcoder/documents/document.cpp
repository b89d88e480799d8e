#include "transcoder/documents/document.h"

#include "catalog/document.h"
#include "transcoder/sandbox/program.h"
#include "transcoder/timed_text/plain.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace transcoder::documents {

namespace {

using sandbox::Answer;
using sandbox::Ended;
using namespace std::chrono_literals;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
constexpr std::uint64_t largest_file = 512 * mebibyte;
constexpr int longer_side = 1440; // A4 can be read to its footnotes, and is about 150 KB
constexpr std::size_t longest_facts = 1 << 20;
constexpr std::size_t longest_text = 1 << 20;
constexpr std::size_t longest_text_kept = 64 << 10;
constexpr std::size_t largest_picture = 8 << 20;

Rejection no_pdf() {
    return {Kind::unsupported, "PDF ではないため、ページごとには表示できません。",
            "This is no PDF: it cannot be shown page by page."};
}

Rejection locked() {
    return {Kind::unsupported, "パスワードのかかった PDF のため、ページごとには表示できません。",
            "The PDF is locked by a password: it cannot be shown page by page."};
}

Rejection broken() {
    return {Kind::damaged, "PDF が壊れているため、ページごとには表示できません。",
            "The PDF is damaged: it cannot be shown page by page."};
}

Rejection too_large() {
    return {Kind::too_large, "PDF が大きすぎるか複雑すぎるため、ページごとには表示できません。",
            "The PDF is too large or too intricate to be shown page by page."};
}

Rejection no_poppler() {
    return {Kind::internal, "PDF を読むプログラム (poppler-utils) が、サーバーに入っていません。",
            "The program that reads PDF (poppler-utils) is not installed."};
}

/// Locked files say so on standard error, and in no other way.
constexpr std::string_view password_needed = "Incorrect password";

/// Why a program gave nothing. Does not return where nobody wants the work any more, or the program was
/// killed from outside: then this process ends likewise.
Rejection why_nothing(const Answer& answer) {
    switch (answer.ended.how) {
    case Ended::How::out_of_time:
    case Ended::How::out_of_processor:
        return too_large();
    case Ended::How::no_longer_wanted:
        std::_Exit(EXIT_FAILURE);
    case Ended::How::by_signal:
        if (answer.ended.status == SIGTERM)
            std::_Exit(EXIT_FAILURE);
        break;
    case Ended::How::by_itself:
        if (answer.ended.status == sandbox::could_not_start)
            return no_poppler();
        break;
    case Ended::How::forbidden_call:
        break;
    }
    return answer.text.find(password_needed) != std::string::npos ? locked() : broken();
}

bool has_answered(const Answer& answer) {
    return answer.ended == Ended{Ended::How::by_itself, EXIT_SUCCESS};
}

Answer ask(const av::SourceFile& file, const char* program, std::vector<std::string> words, std::size_t longest,
           sandbox::Program::Complaints complaints) {
    // It is read whole from standard input, and kept.
    const sandbox::Limits limits{.memory_bytes = 1024 * mebibyte + 2 * file.size(),
                                 .processor = 30s,
                                 .file_bytes = 0,
                                 .descriptors = 64,
                                 .threads = 4};
    return sandbox::ask_program({60s, STDIN_FILENO}, longest,
                                {.path = program,
                                 .words = std::move(words),
                                 .input = file.descriptor(),
                                 .limits = limits,
                                 .complaints = complaints});
}

/// The last line of that name: what a document says about itself stands above it.
int pages_told(std::string_view facts) {
    constexpr std::string_view name = "\nPages:";
    auto at = facts.rfind(name);
    if (at == std::string_view::npos)
        return 0;
    at = std::min(facts.find_first_not_of(' ', at + name.size()), facts.size());
    int pages = 0;
    std::from_chars(facts.data() + at, facts.data() + facts.size(), pages);
    return pages;
}

bool begins_like_pdf(const av::SourceFile& file) {
    std::array<char, 5> beginning{};
    return file.read(0, std::as_writable_bytes(std::span(beginning))) == beginning.size() &&
           std::string_view(beginning.data(), beginning.size()) == "%PDF-";
}

} // namespace

Outcome<Document> Document::open(const av::SourceFile& file) {
    if (!file.is_regular() || !begins_like_pdf(file))
        return no_pdf();
    if (file.size() > largest_file)
        return too_large();
    const auto answer =
        ask(file, "/usr/bin/pdfinfo", {"-"}, longest_facts, sandbox::Program::Complaints::told);
    if (!has_answered(answer))
        return why_nothing(answer);
    const int pages = pages_told(answer.text);
    if (pages > catalog::most_document_pages)
        return too_large();
    return pages < 1 ? Outcome<Document>(broken()) : Document(file, pages);
}

Outcome<Page> Document::page(int number) const {
    const auto at = std::to_string(number);
    const auto picture =
        ask(file_, "/usr/bin/pdftoppm",
            {"-q", "-cropbox", "-jpeg", "-jpegopt", "quality=80,progressive=y,optimize=y", "-scale-to",
             std::to_string(longer_side), "-f", at, "-l", at, "-"},
            largest_picture, sandbox::Program::Complaints::dropped);
    if (!has_answered(picture))
        return why_nothing(picture);
    const auto size = jpeg_size(picture.text);
    if (!size || size->width > longer_side || size->height > longer_side)
        return broken();
    const auto text = ask(file_, "/usr/bin/pdftotext",
                          {"-q", "-enc", "UTF-8", "-nopgbrk", "-f", at, "-l", at, "-", "-"}, longest_text,
                          sandbox::Program::Complaints::dropped);
    Page page{picture.text, *size, {}};
    if (has_answered(text))
        page.text = timed_text::cleaned(text.text).value_or("");
    else if (text.ended.how == Ended::How::no_longer_wanted)
        return why_nothing(text);
    if (page.text.size() > longest_text_kept) {
        page.text.resize(longest_text_kept);
        // Not in the midst of a character.
        while (!page.text.empty() && !timed_text::cleaned(page.text))
            page.text.pop_back();
    }
    return page;
}

} // namespace transcoder::documents
