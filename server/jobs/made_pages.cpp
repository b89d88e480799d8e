#include "server/jobs/made_pages.h"

#include "server/http/target.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace server::jobs {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uintmax_t longest_list = 64 << 20;
constexpr int longest_side = 4096;
constexpr std::size_t longest_text = 64 << 10;

std::optional<int> side(const json& page, const char* name) {
    const auto found = page.find(name);
    if (found == page.end() || !found->is_number_integer())
        return std::nullopt;
    const auto pixels = found->get<std::int64_t>();
    return pixels < 1 || pixels > longest_side ? std::nullopt : std::optional(static_cast<int>(pixels));
}

std::optional<catalog::DocumentPage> page_of(const json& page) {
    if (!page.is_object())
        return std::nullopt;
    const auto width = side(page, "width");
    const auto height = side(page, "height");
    const auto text = page.find("text");
    if (!width || !height || text == page.end() || !text->is_string())
        return std::nullopt;
    auto words = text->get<std::string>();
    if (words.size() > longest_text || !http::is_utf8(words) || words.find('\0') != std::string::npos)
        return std::nullopt;
    return catalog::DocumentPage{*width, *height, std::move(words)};
}

json list_in(const fs::path& file) {
    std::error_code missing;
    if (const auto size = fs::file_size(file, missing); missing || size > longest_list)
        return {};
    std::ifstream stream(file, std::ios::binary);
    constexpr bool without_exceptions = false;
    return json::parse(stream, nullptr, without_exceptions);
}

bool is_picture(const fs::path& file) {
    std::error_code missing;
    return fs::is_regular_file(fs::symlink_status(file, missing)) && fs::file_size(file, missing) > 0 && !missing;
}

} // namespace

catalog::Result<std::vector<catalog::DocumentPage>> made_pages(const fs::path& folder) {
    const auto list = list_in(folder / "pages.json");
    if (!list.is_array() || list.empty() || list.size() > catalog::most_document_pages)
        return refuse(catalog::Refusal::invalid, "there is no list of pages, or too long a one");
    std::vector<catalog::DocumentPage> pages;
    for (const auto& each : list) {
        auto page = page_of(each);
        const int number = static_cast<int>(pages.size()) + 1;
        if (!page || !is_picture(folder / catalog::picture_name(number)))
            return refuse(catalog::Refusal::invalid, "page " + std::to_string(number) + " is none");
        pages.push_back(std::move(*page));
    }
    return pages;
}

} // namespace server::jobs
