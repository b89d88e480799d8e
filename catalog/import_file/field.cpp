#include "catalog/import_file/field.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace catalog::import_file {

namespace {

using nlohmann::json;

constexpr std::size_t longest_text = 20'000;
/// Longer than any recording, and far from where arithmetic in milliseconds ends.
constexpr double longest_seconds = 1e7;

} // namespace

Field::Field(const json* value, std::string place, Mistakes& mistakes)
    : value_(value != nullptr && value->is_null() ? nullptr : value), place_(std::move(place)),
      mistakes_(&mistakes) {}

bool Field::is_object() const {
    return present() && value_->is_object();
}
bool Field::is_text() const {
    return present() && value_->is_string();
}

void Field::mistake(std::string message) const {
    mistakes_->push_back({place_.empty() ? "the file" : place_, std::move(message)});
}

Field Field::operator[](std::string_view key) const {
    const json* member = nullptr;
    if (is_object()) {
        const auto found = value_->find(key);
        member = found == value_->end() ? nullptr : &*found;
    }
    const std::string name(key);
    return {member, place_.empty() ? name : place_ + '.' + name, *mistakes_};
}

Field Field::either(std::string_view key, std::string_view other) const {
    const Field first = (*this)[key];
    const Field second = (*this)[other];
    return !first.present() && second.present() ? second : first;
}

std::vector<Field> Field::elements() const {
    std::vector<Field> fields;
    if (!present()) {
        return fields;
    }
    if (!value_->is_array()) {
        mistake("this is no list");
        return fields;
    }
    for (std::size_t i = 0; i < value_->size(); ++i) {
        fields.emplace_back(&(*value_)[i], place_ + '[' + std::to_string(i) + ']', *mistakes_);
    }
    return fields;
}

bool Field::expect_object() const {
    if (!is_object()) {
        mistake("this is no object");
    }
    return is_object();
}

std::optional<std::string> Field::text() const {
    if (!present()) {
        return std::nullopt;
    }
    if (!value_->is_string()) {
        mistake("this is no text");
        return std::nullopt;
    }
    auto text = value_->get<std::string>();
    if (text.size() > longest_text || text.find('\0') != std::string::npos) {
        mistake("this text is too long or holds a zero");
        return std::nullopt;
    }
    return text;
}

std::optional<std::int64_t> Field::whole_number(std::int64_t lowest, std::int64_t highest) const {
    if (!present()) {
        return std::nullopt;
    }
    if (value_->is_number_integer()) {
        // A number above the signed range reads as a negative one, and is out of range as well.
        const auto number = value_->get<std::int64_t>();
        if (number >= lowest && number <= highest) {
            return number;
        }
    }
    mistake("this is no whole number from " + std::to_string(lowest) + " to " +
            std::to_string(highest));
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> Field::seconds() const {
    if (!present()) {
        return std::nullopt;
    }
    const double seconds = value_->is_number() ? value_->get<double>() : -1.0;
    if (!(seconds >= 0 && seconds <= longest_seconds)) {
        mistake("this is no number of seconds");
        return std::nullopt;
    }
    return std::chrono::milliseconds(std::llround(seconds * 1000));
}

std::optional<bool> Field::flag() const {
    if (!present()) {
        return std::nullopt;
    }
    if (!value_->is_boolean()) {
        mistake("this is neither true nor false");
        return std::nullopt;
    }
    return value_->get<bool>();
}

std::vector<std::string> Field::texts() const {
    std::vector<std::string> texts;
    if (is_text()) {
        texts.push_back(text_or_empty());
        return texts;
    }
    for (const Field& element : elements()) {
        if (auto text = element.text()) {
            texts.push_back(std::move(*text));
        } else if (!element.present()) {
            element.mistake("this is no text");
        }
    }
    return texts;
}

std::string Field::needed_text() const {
    const auto read = text();
    if (!present() || (read && read->empty())) {
        mistake("this is missing");
    }
    return read.value_or(std::string());
}

std::string Field::needed_id() const {
    const std::string id = needed_text();
    if (!id.empty() && !is_valid_id(id)) {
        mistake("\"" + id +
                "\" is no id: ids are up to 64 ASCII letters, digits, '-' and '_', and start with "
                "a letter or a digit");
    }
    return id;
}

} // namespace catalog::import_file
