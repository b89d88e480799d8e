#include "server/pages/messages.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>

namespace server::pages {

Messages Messages::load(const std::filesystem::path& file) {
    std::ifstream stream(file);
    const auto json = nlohmann::json::parse(stream, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
        throw std::runtime_error(file.string() + " holds no messages");
    }
    return Messages(json.get<Texts>());
}

const std::string& Messages::text(std::string_view key) const {
    const auto found = texts_.find(key);
    if (found == texts_.end()) {
        throw std::logic_error("there is no message " + std::string(key));
    }
    return found->second;
}

std::string Messages::text(std::string_view key, Values values) const {
    std::string filled = text(key);
    for (const auto& [name, value] : values) {
        std::string place = "{";
        place.append(name).append("}");
        for (auto at = filled.find(place); at != std::string::npos;
             at = filled.find(place, at + value.size())) {
            filled.replace(at, place.size(), value);
        }
    }
    return filled;
}

} // namespace server::pages
