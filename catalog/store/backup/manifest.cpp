#include "catalog/store/backup/manifest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace catalog::store::backup {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view form = "kiroku-backup/1";

/// What a data folder may hold, and nothing that leads out of it.
bool is_name_in_data(const std::string& name) {
    const fs::path path(name);
    const auto first = path.empty() ? fs::path() : *path.begin();
    constexpr std::array<std::string_view, 7> known{"catalog.sqlite", "kiroku.toml", "media",
                                                    "materials",      "pages",       "uploads", "secrets"};
    const bool climbs = std::ranges::find(path, fs::path("..")) != path.end();
    return path.is_relative() && !climbs && path.lexically_normal() == path &&
           std::ranges::find(known, first.string()) != known.end();
}

json as_json(const Entry& entry) {
    return {{"bytes", entry.sum.bytes},
            {"sha256", entry.sum.sha256},
            {"modified_ns", entry.original.modified_ns},
            {"mode", entry.original.mode},
            {"finished", entry.age == Entry::Age::finished}};
}

/// Of what the manifest says.
std::string sum_of_parts(const json& made_at, const json& files) {
    return sum_of_text(made_at.dump() + files.dump());
}

Entry as_entry(const json& value) {
    Entry entry;
    entry.sum = {value.at("bytes").get<std::uint64_t>(), value.at("sha256").get<std::string>()};
    entry.original = {entry.sum.bytes, value.at("modified_ns").get<std::int64_t>(),
                      value.at("mode").get<unsigned>()};
    entry.age = value.at("finished").get<bool>() ? Entry::Age::finished : Entry::Age::growing;
    return entry;
}

Manifest as_manifest(const json& value) {
    Manifest manifest;
    manifest.made_at = time::parse_rfc3339(value.at("made_at").get<std::string>()).value();
    for (const auto& [name, entry] : value.at("files").items()) {
        manifest.files.emplace(name, as_entry(entry));
    }
    return manifest;
}

} // namespace

std::string to_text(const Manifest& manifest) {
    json files = json::object();
    for (const auto& [name, entry] : manifest.files) {
        files[name] = as_json(entry);
    }
    const json made_at = time::format_rfc3339_with_milliseconds(manifest.made_at);
    std::string sum = sum_of_parts(made_at, files);
    const json whole{{"format", form},
                     {"made_at", made_at},
                     {"sha256", std::move(sum)},
                     {"files", std::move(files)}};
    return whole.dump(1) + "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
    const json whole = json::parse(text, nullptr, false);
    if (!whole.is_object()) {
        return refuse(Refusal::invalid, "is damaged");
    }
    if (whole.value("format", json()) != form) {
        return refuse(Refusal::invalid, "is of another Kiroku than this one");
    }
    const std::string sum = sum_of_parts(whole.value("made_at", json()), whole.value("files", json()));
    if (whole.value("sha256", json()) != sum) {
        return refuse(Refusal::invalid, "is damaged");
    }
    Manifest manifest = as_manifest(whole);
    for (const auto& [name, entry] : manifest.files) {
        if (!is_name_in_data(name)) {
            return refuse(Refusal::invalid, "names a file that is none of an archive: " + name);
        }
    }
    return manifest;
}

} // namespace catalog::store::backup
