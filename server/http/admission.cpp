#include "server/http/admission.h"

#include "server/http/head_parser.h"
#include "server/http/target.h"

#include <algorithm>
#include <cstring>

namespace server::http {

namespace {

using Outcome = Verdict::Outcome;

Verdict refused(Status status, std::string_view reason) {
    return {.outcome = Outcome::refused, .refusal = status, .reason = reason};
}

constexpr Verdict passed{.outcome = Outcome::admitted};

bool is_refused(const Verdict& verdict) { return verdict.outcome == Outcome::refused; }

/// Lines end with CR LF and nothing else; none begins with a blank (RFC 9112, 5.2: obs-fold); no NUL.
bool has_clean_lines(std::string_view bytes) {
    if (bytes.find('\0') != std::string_view::npos) {
        return false;
    }
    std::size_t line_ends = 0;
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') {
            return false;
        }
        if (at + 1 < bytes.size() && (bytes[at + 1] == ' ' || bytes[at + 1] == '\t')) {
            return false;
        }
        ++line_ends;
    }
    const auto returns =
        static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\r'));
    // The last byte may be a CR whose LF has not come yet.
    return returns == line_ends || (returns == line_ends + 1 && bytes.ends_with('\r'));
}

bool starts_ignoring_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

/// Fields whose meaning would be ambiguous if there were two.
bool is_single(std::string_view name) {
    return equal_ignoring_case(name, "Host") || starts_ignoring_case(name, "Content-") ||
           equal_ignoring_case(name, "Authorization") || starts_ignoring_case(name, "Upload-") ||
           equal_ignoring_case(name, "Tus-Resumable") || equal_ignoring_case(name, "Origin") ||
           equal_ignoring_case(name, "Expect");
}

bool has_twins(std::span<const Field> fields) {
    for (std::size_t later = 1; later < fields.size(); ++later) {
        if (!is_single(fields[later].name)) {
            continue;
        }
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (equal_ignoring_case(fields[earlier].name, fields[later].name)) {
                return true;
            }
        }
    }
    return false;
}

bool may_have_body(Method method) {
    return method == Method::post || method == Method::put || method == Method::patch;
}

/// Reads Content-Length into `head` and holds it against the method.
Verdict judge_length(Head& head) {
    if (const auto length = head.field("Content-Length")) {
        const bool is_number = !length->empty() && length->size() <= 18 &&
                               std::all_of(length->begin(), length->end(),
                                           [](char digit) { return digit >= '0' && digit <= '9'; });
        if (!is_number) {
            return refused(Status::bad_request, "Content-Length is no number");
        }
        std::uint64_t value = 0;
        for (const char digit : *length) {
            value = value * 10 + static_cast<std::uint64_t>(digit - '0');
        }
        head.content_length = value;
    }
    if (may_have_body(head.method)) {
        // RFC 9112, 6.3: neither length nor coding is no body. Should one follow all the same, it is
        // not taken for a request: the connection ends with the answer.
        if (!head.content_length) {
            head.keeps_alive = false;
        }
        return passed;
    }
    return head.content_length.value_or(0) == 0
               ? passed
               : refused(Status::bad_request, "a body where none belongs");
}

/// The name in a Host field: without its port. Empty where it is none.
std::string_view host_name(std::string_view host) {
    const std::size_t name_end =
        host.starts_with('[') ? host.find(']') + 1 : std::min(host.find(':'), host.size());
    const std::string_view port = host.substr(std::min(name_end, host.size()));
    const bool port_is_right =
        port.empty() || (port.front() == ':' && port.size() <= 6 &&
                         std::all_of(port.begin() + 1, port.end(),
                                     [](char digit) { return digit >= '0' && digit <= '9'; }));
    const std::string_view name = host.substr(0, name_end);
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~[]:";
    const bool name_is_right = name.find_first_not_of(letters) == std::string_view::npos;
    return port_is_right && name_is_right ? name : std::string_view();
}

} // namespace

Admission::Admission(std::vector<std::string> hosts) : hosts_(std::move(hosts)) {}

Verdict Admission::look(std::string_view bytes, std::size_t& looked_at, Head& head) const {
    // The end of the head may begin in what was seen before.
    const std::size_t from = looked_at < 3 ? 0 : looked_at - 3;
    const std::size_t end = bytes.find("\r\n\r\n", from);
    const bool is_whole = end != std::string_view::npos;
    const std::size_t size = is_whole ? end + 4 : bytes.size();
    if (!has_clean_lines(bytes.substr(0, size))) {
        return refused(Status::bad_request, "lines that do not end as they must");
    }
    looked_at = bytes.size();
    if (size > most_head_bytes || (!is_whole && size == most_head_bytes)) {
        return refused(Status::fields_too_large, "the head is too long");
    }
    if (!is_whole) {
        return {};
    }
    Verdict verdict = judge(bytes.substr(0, size), head);
    verdict.head_bytes = size;
    return verdict;
}

Verdict Admission::judge(std::string_view bytes, Head& head) const {
    HeadParser parser(head);
    const HeadParser::Read read = parser.read(bytes);
    if (read == HeadParser::Read::transfer_encoding) {
        return refused(Status::length_required, "a Transfer-Encoding");
    }
    if (read == HeadParser::Read::too_many_fields) {
        return refused(Status::fields_too_large, "too many fields");
    }
    if (read == HeadParser::Read::unknown_method) {
        return refused(Status::not_implemented, "a method that is not known");
    }
    if (read == HeadParser::Read::unknown_version) {
        return refused(Status::version_not_supported, "no version of HTTP that is known");
    }
    if (read != HeadParser::Read::whole) {
        return refused(Status::bad_request, "no request of HTTP");
    }
    const bool is_old = parser.version() == 10;
    if (is_old && head.method != Method::get && head.method != Method::head) {
        return refused(Status::version_not_supported, "HTTP/1.0 may only GET and HEAD");
    }
    if (is_old) {
        head.keeps_alive = false;
    }
    if (has_twins(head.fields())) {
        return refused(Status::bad_request, "a field that must be single, twice");
    }
    if (!is_admissible_target(head.target)) {
        return refused(Status::bad_request, "a target that cannot be read one way only");
    }
    if (const Verdict host = judge_host(head, !is_old); is_refused(host)) {
        return host;
    }
    if (const auto expected = head.field("Expect")) {
        if (!equal_ignoring_case(*expected, "100-continue")) {
            return refused(Status::expectation_failed, "an expectation that is not known");
        }
        head.expects_continue = true;
    }
    return judge_length(head);
}

Verdict Admission::judge_host(const Head& head, bool required) const {
    const auto host = head.field("Host");
    if (!host) {
        return required ? refused(Status::bad_request, "no Host") : passed;
    }
    const std::string_view name = host_name(*host);
    if (name.empty()) {
        return refused(Status::bad_request, "a Host that is none");
    }
    const auto is_name = [name](const std::string& known) {
        return equal_ignoring_case(known, name);
    };
    if (!hosts_.empty() && std::none_of(hosts_.begin(), hosts_.end(), is_name)) {
        return refused(Status::misdirected_request, "a Host that is not ours");
    }
    return passed;
}

} // namespace server::http
