#include "catalog/import.h"

#include "catalog/import_file/context.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace catalog {

namespace {

using import_file::Context;
using import_file::Field;
using import_file::Mistakes;
using nlohmann::json;

/// Thrown out of the parser; never leaves this file.
struct TooDeep {};

std::string line_and_column(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, byte == 0 ? 0 : byte - 1);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto last_break = before.rfind('\n');
    const auto column = before.size() - (last_break == std::string_view::npos ? 0 : last_break + 1);
    return "line " + std::to_string(line) + ", column " + std::to_string(column + 1);
}

/// Nothing, and a mistake noted, where the text is no JSON.
std::optional<json> parse(std::string_view text, Mistakes& mistakes) {
    constexpr int deepest = 32;
    const auto keep = [](int depth, json::parse_event_t, json&) {
        if (depth > deepest) {
            throw TooDeep();
        }
        return true;
    };
    try {
        return json::parse(text.begin(), text.end(), keep);
    } catch (const TooDeep&) {
        mistakes.push_back({"the file", "its lists and objects lie too deep in each other"});
    } catch (const json::parse_error& error) {
        mistakes.push_back({line_and_column(text, error.byte), "this is no JSON"});
    } catch (const json::exception&) {
        mistakes.push_back({"the file", "it holds a number that is too large"});
    }
    return std::nullopt;
}

void check_schema(const Field& file) {
    const Field schema = file["schema"];
    const auto name = schema.text();
    if (name && *name != "demo-catalog/1") {
        schema.mistake("\"" + *name + "\" is not the form that this program reads, demo-catalog/1");
    }
}

time::Zone read_zone(const Field& field, const time::Zone& default_zone) {
    const auto name = field.text();
    if (!name) {
        return default_zone;
    }
    const auto zone = time::Zone::named(*name);
    if (!zone) {
        field.mistake("there is no time zone \"" + *name + "\"");
    }
    return zone.value_or(default_zone);
}

} // namespace

ImportReading read_import(std::string_view text, const time::Zone& default_zone) {
    ImportReading reading;
    const auto document = parse(text, reading.mistakes);
    if (!document) {
        return reading;
    }
    const Field file(&*document, "", reading.mistakes);
    if (!file.expect_object()) {
        return reading;
    }
    check_schema(file);
    Context context{file, read_zone(file["meta"]["timezone"], default_zone), {}, {}, {}, {}, {},
                    {}};
    ImportedCatalog& catalog = reading.catalog;
    catalog.series = read_series(context);
    catalog.sessions = read_sessions(context);
    catalog.videos = read_videos(context);
    catalog.materials = read_materials(context);
    catalog.notices = read_notices(context);
    catalog.captions = read_captions(context);
    if (!reading.mistakes.empty()) {
        catalog = {};
    }
    return reading;
}

} // namespace catalog
