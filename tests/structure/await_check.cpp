#include "tests/structure/await_check.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace structure {

namespace {

bool is_word(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// The last character before `at` that is no blank; 0 where there is none.
std::size_t before(std::string_view code, std::size_t at) {
    while (at > 0 && std::isspace(static_cast<unsigned char>(code[at - 1])) != 0) {
        --at;
    }
    return at;
}

std::size_t matching(std::string_view code, std::size_t at, char open, char close) {
    int depth = 0;
    for (; at < code.size(); ++at) {
        depth += code[at] == open ? 1 : code[at] == close ? -1 : 0;
        if (depth == 0) {
            return at;
        }
    }
    return code.size() - 1;
}

/// Whether what a brace closed before `at` is part of an expression: an argument, or called.
bool goes_on(std::string_view code, std::size_t at) {
    const std::size_t next = code.find_first_not_of(" \n", at);
    return next != std::string_view::npos &&
           std::string_view(",)(.").find(code[next]) != std::string_view::npos;
}

/// Where the full expression around `at` begins: behind the ';', '{' or '}' at its own height.
std::size_t begin_of(std::string_view code, std::size_t at) {
    int closed = 0;
    for (; at > 0; --at) {
        const char letter = code[at - 1];
        if (letter == ')' || letter == ']' || letter == '}') {
            if (letter == '}' && closed == 0 && !goes_on(code, at)) {
                return at;
            }
            ++closed;
        } else if (letter == '(' || letter == '[' || letter == '{') {
            if (closed == 0 && letter == '{') {
                return at;
            }
            closed = std::max(0, closed - 1);
        } else if (letter == ';' && closed == 0) {
            return at;
        }
    }
    return 0;
}

/// Where it ends: at the ';', or at the '{' of a block after a closing parenthesis of its height.
std::size_t end_of(std::string_view code, std::size_t at) {
    int depth = 0;
    for (; at < code.size(); ++at) {
        const char letter = code[at];
        if (letter == '{' && depth <= 0 && code[before(code, at) - 1] == ')') {
            return at;
        }
        if (letter == '(' || letter == '[' || letter == '{') {
            ++depth;
        } else if (letter == ')' || letter == ']' || letter == '}') {
            if (letter == '}' && depth <= 0) {
                return at;
            }
            --depth;
        } else if (letter == ';' && depth <= 0) {
            return at;
        }
    }
    return code.size();
}

/// A bracket that follows an operator, a comma or a parenthesis opens a lambda; behind a name it is
/// an index, behind `auto` it names the parts of a value.
bool opens_lambda(std::string_view code, std::size_t at) {
    const std::size_t end = before(code, at);
    if (end == 0) {
        return false;
    }
    const char last = code[end - 1];
    if (last == '[' || code[at + 1] == '[' || last == ')' || last == ']' || last == '&') {
        return false;
    }
    const bool is_return = end >= 6 && code.substr(end - 6, 6) == "return";
    return is_return || !is_word(last);
}

/// A brace behind a name, a template's '>' or inside a call builds a value.
bool builds_value(std::string_view code, std::size_t at) {
    const std::size_t end = before(code, at);
    if (end == 0) {
        return false;
    }
    const char last = code[end - 1];
    return is_word(last) || last == '>' || last == '(' || last == ',' || last == '=';
}

bool is_risky(std::string_view expression) {
    for (std::size_t at = 1; at < expression.size(); ++at) {
        if (expression[at] == '[' && opens_lambda(expression, at)) {
            return true;
        }
        if (expression[at] == '{') {
            if (builds_value(expression, at)) {
                return true;
            }
            at = matching(expression, at, '{', '}');
        }
    }
    return false;
}

} // namespace

std::vector<std::size_t> risky_awaits(const std::string& code) {
    constexpr std::string_view word = "co_await";
    std::vector<std::size_t> lines;
    for (std::size_t at = code.find(word); at != std::string::npos;
         at = code.find(word, at + word.size())) {
        const std::size_t begin = begin_of(code, at);
        const std::size_t end = end_of(code, at);
        const std::string_view expression = std::string_view(code).substr(begin, end - begin);
        const bool is_chosen = expression.substr(0, at - begin).find(" ? ") != std::string_view::npos;
        if (is_chosen || is_risky(expression)) {
            const auto line = std::count(code.begin(), code.begin() + static_cast<long>(
                                             code.find_first_not_of(" \n", begin)), '\n') + 1;
            lines.push_back(static_cast<std::size_t>(line));
        }
    }
    return lines;
}

} // namespace structure
