#include "server/pages/templates.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace server::pages {

namespace {

using Sources = std::map<std::string, std::string, std::less<>>;

/// Partials inside partials: more than this is one that names itself.
constexpr int deepest_partial = 8;

/// `source` with each `{{> name}}` replaced by that template.
std::string expanded(const std::string& source, const Sources& sources, int depth = 0) {
    constexpr std::string_view begin = "{{> ";
    if (depth > deepest_partial) {
        throw std::runtime_error("a template holds itself");
    }
    std::string whole;
    std::size_t at = 0;
    for (auto found = source.find(begin); found != std::string::npos;
         found = source.find(begin, at)) {
        const auto end = source.find("}}", found);
        if (end == std::string::npos) {
            throw std::runtime_error("a template names a partial without an end");
        }
        const auto name = source.substr(found + begin.size(), end - found - begin.size());
        const auto partial = sources.find(name);
        if (partial == sources.end()) {
            throw std::runtime_error("there is no template " + name);
        }
        whole.append(source, at, found - at);
        whole += expanded(partial->second, sources, depth + 1);
        at = end + 2;
        // The line that named it is the partial's own.
        if (at < source.size() && source[at] == '\n') {
            ++at;
        }
    }
    return whole.append(source, at);
}

/// `texts` where an object lies at each dot of a key.
void put(Data& object, std::string_view key, const std::string& text) {
    const auto dot = key.find('.');
    const std::string first(key.substr(0, dot));
    if (dot == std::string_view::npos) {
        object[first] = Data(text);
        return;
    }
    if (object.get(first) == nullptr) {
        object[first] = Data(Data::type::object);
    }
    put(object[first], key.substr(dot + 1), text);
}

} // namespace

Data listed(const std::string& name, List list) {
    if (list.empty()) {
        return none();
    }
    Data object(Data::type::object);
    object[name] = Data(std::move(list));
    return object;
}

Data as_data(const Messages& messages) {
    Data texts(Data::type::object);
    for (const auto& [key, text] : messages.all()) {
        put(texts, key, text);
    }
    Data named(Data::type::object);
    named["t"] = std::move(texts);
    return named;
}

Templates Templates::load(const std::filesystem::path& folder) {
    Sources sources;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".mustache") {
            continue;
        }
        std::ifstream stream(entry.path());
        sources[entry.path().stem()] = {std::istreambuf_iterator<char>(stream), {}};
    }
    Templates templates;
    for (const auto& [name, source] : sources) {
        std::string whole = expanded(source, sources);
        const kainjow::mustache::mustache parsed(whole);
        if (!parsed.is_valid()) {
            throw std::runtime_error("template " + name + ": " + parsed.error_message());
        }
        templates.sources_.emplace(name, std::move(whole));
    }
    return templates;
}

std::string Templates::render(std::string_view name, const Data& page, const Data& texts) const {
    const auto found = sources_.find(name);
    if (found == sources_.end()) {
        throw std::logic_error("there is no template " + std::string(name));
    }
    // Rendering writes into a parsed template, so each has its own: reading one again is cheap.
    kainjow::mustache::mustache parsed(found->second);
    kainjow::mustache::context<std::string> context(&texts);
    context.push(&page);
    return parsed.render(context);
}

} // namespace server::pages
