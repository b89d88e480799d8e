#include "server/upload/tus_fields.h"

#include "server/http/target.h"
#include "server/upload/checksum.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <ctime>

namespace server::upload {
namespace {

constexpr std::size_t longest_name = 1000;

catalog::Error wrong() {
    return refuse(catalog::Refusal::invalid, "Upload-Metadata を読み取れません。");
}

bool is_plain_text(std::string_view text) {
    constexpr auto is_control = [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; };
    return text.size() <= longest_name && !std::ranges::any_of(text, is_control) && http::is_utf8(text);
}

std::string_view base_name(std::string_view file_name) {
    const auto slash = file_name.find_last_of("/\\");
    return slash == std::string_view::npos ? file_name : file_name.substr(slash + 1);
}

template <class Id> catalog::Result<Id> read_id(std::string text) {
    if (!catalog::is_valid_id(text))
        return wrong();
    return Id(std::move(text));
}

} // namespace

std::optional<std::uint64_t> read_number(std::string_view text) {
    std::int64_t number = 0;
    const auto end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stopped != end || text.front() == '-')
        return std::nullopt;
    return static_cast<std::uint64_t>(number);
}

catalog::Result<Description> read_metadata(std::string_view field) {
    Description description;
    while (!field.empty()) {
        const auto comma = std::min(field.find(','), field.size());
        auto pair = field.substr(0, comma);
        field.remove_prefix(std::min(comma + 1, field.size()));
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        const auto space = std::min(pair.find(' '), pair.size());
        const auto key = pair.substr(0, space);
        auto value = base64_decoded(pair.substr(std::min(space + 1, pair.size())));
        if (key.empty() || !value || !is_plain_text(*value))
            return wrong();
        if (key == "filename") {
            description.file_name = std::move(*value);
        } else if (key == "filetype") {
            description.file_type = std::move(*value);
        } else if (key == "video") {
            auto id = read_id<catalog::VideoId>(std::move(*value));
            if (!id)
                return id.error();
            description.video = std::move(*id);
        } else if (key == "material") {
            auto id = read_id<catalog::MaterialId>(std::move(*value));
            if (!id)
                return id.error();
            description.material = std::move(*id);
        }
    }
    if (!description.video.empty() && !description.material.empty())
        return wrong();
    return description;
}

std::string title_of(std::string_view file_name) {
    auto name = base_name(file_name);
    if (const auto dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
        name = name.substr(0, dot);
    return name.empty() ? "無題" : std::string(name);
}

std::string ending_of(std::string_view file_name) {
    constexpr std::size_t longest = 5;
    const auto name = base_name(file_name);
    const auto dot = name.rfind('.');
    std::string ending;
    for (const char letter : dot == std::string_view::npos ? "" : name.substr(dot + 1))
        ending.push_back(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A'))
                                                        : letter);
    constexpr auto is_plain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    };
    if (ending.empty() || ending.size() > longest || !std::ranges::all_of(ending, is_plain))
        return ".bin";
    return "." + ending;
}

std::string http_date(catalog::time::UtcTime at) {
    const auto seconds = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    const auto size =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

} // namespace server::upload
