#include "catalog/media/withdrawn_file.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace catalog::media {

namespace {

using nlohmann::json;

double seconds(std::chrono::milliseconds time) { return std::chrono::duration<double>(time).count(); }

} // namespace

std::string to_withdrawn_file(std::span<const WithdrawnSpan> withdrawn) {
    auto list = nlohmann::ordered_json::array();
    for (const WithdrawnSpan& each : withdrawn) {
        list.push_back({{"id", each.id.text()},
                        {"begin_s", seconds(each.span.begin)},
                        {"end_s", seconds(each.span.end)},
                        {"lost", to_text(each.lost)}});
    }
    return list.dump(1) + '\n';
}

std::set<WithdrawnSpanId> withdrawn_from(const std::filesystem::path& folder) {
    std::ifstream stream(folder / withdrawn_file, std::ios::binary);
    constexpr bool with_exceptions = false;
    const auto list = stream ? json::parse(stream, nullptr, with_exceptions) : json();
    std::set<WithdrawnSpanId> ids;
    for (const auto& each : list.is_array() ? list : json::array()) {
        const auto id = each.is_object() ? each.find("id") : each.end();
        if (each.is_object() && id != each.end() && id->is_string()) {
            ids.emplace(id->get<std::string>());
        }
    }
    return ids;
}

} // namespace catalog::media
