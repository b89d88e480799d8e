#include "server/http/request.h"

#include <algorithm>

namespace server::http {

namespace {

Request::Fields copied(const Head& head) {
    Request::Fields fields;
    fields.reserve(head.field_count);
    for (const Field& field : head.fields()) {
        fields.emplace_back(field.name, field.value);
    }
    return fields;
}

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    path.remove_prefix(path.starts_with('/') ? 1 : 0);
    if (path.empty()) {
        return segments;
    }
    for (;;) {
        const std::size_t slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return segments;
        }
        path.remove_prefix(slash + 1);
    }
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

} // namespace

Request::Request(const Head& head)
    : Request(head.method, std::string(head.target), copied(head)) {}

Request::Request(Method method, std::string target, Fields fields, std::string body)
    : method_(method), target_(std::move(target)), fields_(std::move(fields)),
      body_(std::move(body)) {
    // Admission has seen to it that the path decodes, and hides no slash.
    path_ = percent_decoded(std::string_view(target_).substr(0, target_.find('?'))).value_or("");
    segments_ = split(path_);
}

std::string_view Request::parameter(std::string_view name) const {
    for (const auto& [known, value] : parameters_) {
        if (known == name) {
            return value;
        }
    }
    return {};
}

std::optional<std::string> Request::query(std::string_view name) const {
    const std::size_t mark = target_.find('?');
    if (mark == std::string::npos) {
        return std::nullopt;
    }
    std::string_view rest = std::string_view(target_).substr(mark + 1);
    while (!rest.empty()) {
        const std::size_t pair_end = std::min(rest.find('&'), rest.size());
        std::string pair(rest.substr(0, pair_end));
        rest.remove_prefix(std::min(pair_end + 1, rest.size()));
        std::replace(pair.begin(), pair.end(), '+', ' ');
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (percent_decoded(std::string_view(pair).substr(0, equals)) == name) {
            return percent_decoded(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::field(std::string_view name) const {
    for (const auto& [known, value] : fields_) {
        if (equal_ignoring_case(known, name)) {
            return value;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    std::string_view rest = field("Cookie").value_or("");
    while (!rest.empty()) {
        const std::size_t pair_end = std::min(rest.find(';'), rest.size());
        const std::string_view pair = trimmed(rest.substr(0, pair_end));
        rest.remove_prefix(std::min(pair_end + 1, rest.size()));
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
            return pair.substr(equals + 1);
        }
    }
    return std::nullopt;
}

} // namespace server::http
