#include "server/pages/share.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace server::pages {

namespace {

constexpr std::string_view fallback_language = "ja";

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw std::runtime_error(file.string() + " cannot be read");
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string type_of(const std::filesystem::path& name) {
    static const std::map<std::string, std::string> types{
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
    };
    const auto found = types.find(name.extension());
    return found == types.end() ? "application/octet-stream" : found->second;
}

} // namespace

Share::Share(const std::filesystem::path& folder) : templates_(Templates::load(folder / "templates")) {
    for (const auto& entry : std::filesystem::directory_iterator(folder / "messages")) {
        Messages messages = Messages::load(entry.path());
        Data texts = as_data(messages);
        languages_.emplace(entry.path().stem().string(),
                           Language{std::move(messages), std::move(texts)});
    }
    if (!languages_.contains(fallback_language)) {
        throw std::runtime_error((folder / "messages/ja.json").string() + " is missing");
    }
    const auto manifest = nlohmann::json::parse(read_file(folder / "manifest.json"));
    manifest.at("assets").get_to(addresses_);
    manifest.at("texts").get_to(script_texts_);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "assets")) {
        http::Reply reply;
        reply.type = type_of(entry.path());
        reply.cache_control = "public, max-age=31536000, immutable";
        reply.body = http::store_text(read_file(entry.path()));
        assets_.emplace(entry.path().filename(), std::move(reply));
    }
}

std::filesystem::path Share::folder_of_program() {
    const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const auto built = beside / "share";
    return std::filesystem::exists(built) ? built : beside.parent_path() / "share/kiroku";
}

const std::string& Share::address(std::string_view asset) const {
    const auto found = addresses_.find(asset);
    if (found == addresses_.end()) {
        throw std::logic_error("there is no asset " + std::string(asset));
    }
    return found->second;
}

std::optional<http::Reply> Share::asset(std::string_view name) const {
    const auto found = assets_.find(name);
    return found == assets_.end() ? std::nullopt : std::optional(found->second);
}

const Share::Language& Share::language(std::string_view name) const {
    const auto found = languages_.find(name);
    return found == languages_.end() ? languages_.find(fallback_language)->second : found->second;
}

const Messages& Share::messages(std::string_view name) const { return language(name).messages; }
const Data& Share::texts(std::string_view name) const { return language(name).texts; }

const std::vector<std::string>& Share::texts_of_script(std::string_view script) const {
    const auto found = script_texts_.find(script);
    if (found == script_texts_.end()) {
        throw std::logic_error("there is no script " + std::string(script));
    }
    return found->second;
}

} // namespace server::pages
