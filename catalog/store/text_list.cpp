#include "catalog/store/text_list.h"

#include <nlohmann/json.hpp>

namespace catalog::store {

std::string to_column(const std::vector<std::string>& words) {
    return nlohmann::json(words).dump();
}

std::vector<std::string> words_in_column(const std::string& column) {
    return nlohmann::json::parse(column).get<std::vector<std::string>>();
}

} // namespace catalog::store
