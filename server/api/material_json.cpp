#include "server/api/material_json.h"

#include "server/api/json_values.h"
#include "server/api/offering_fields.h"
#include "server/api/seen_version.h"

namespace server::api {
namespace {

using catalog::Material;
using catalog::Refusal;
using catalog::Result;
using nlohmann::json;

constexpr std::size_t longest_title = 600;

catalog::Error wrong(std::string sentence) { return refuse(Refusal::invalid, std::move(sentence)); }

Result<void> take(Material& material, const std::string& field, const json& value, const catalog::time::Zone& zone) {
    if (field == "title") {
        if (!value.is_string() || value.get_ref<const std::string&>().empty() ||
            value.get_ref<const std::string&>().size() > longest_title)
            return wrong("資料の題名は1文字以上200文字以内で入力してください。");
        material.title = value;
        return {};
    }
    if (field == "published") {
        if (!value.is_boolean())
            return wrong("公開するかどうかを選んでください。");
        material.published = value;
        return {};
    }
    if (field == "audience") {
        const auto audience = audience_in(value);
        if (!audience)
            return audience.error();
        material.audience = *audience;
        return {};
    }
    if (field == "window") {
        const auto window = window_in(value, zone);
        if (!window)
            return window.error();
        material.window = *window;
        return {};
    }
    return wrong("「" + field + "」という項目はありません。");
}

} // namespace

json material_json(catalog::store::Catalog& catalog, const Material& material) {
    auto versions = json::array();
    for (const auto& version : catalog.materials.versions(material.id))
        versions.push_back({{"number", version.number},
                            {"file_name", version.file.file_name},
                            {"bytes", version.file.bytes},
                            {"replaced_at", instant(version.replaced)}});
    const auto offering = catalog.materials.offering(material.id);
    auto told = changeable_fields(material);
    told.update({{"id", material.id.text()},
                 {"version", version_of(material)},
                 {"session", id_or_null(material.session)},
                 {"video", id_or_null(material.video)},
                 {"file_name", material.file_name},
                 {"bytes", material.bytes},
                 {"effective_window", window_json(offering ? offering->window : catalog::AvailabilityWindow())},
                 {"versions", std::move(versions)}});
    return told;
}

json materials_json(catalog::store::Catalog& catalog, const std::vector<Material>& materials) {
    auto listed = json::array();
    for (const auto& material : materials)
        listed.push_back(material_json(catalog, material));
    return listed;
}

json changeable_fields(const Material& material) {
    return {{"title", material.title},
            {"published", material.published},
            {"audience", material.audience ? json(to_text(*material.audience)) : json()},
            {"window", material.window ? window_json(*material.window) : json()}};
}

std::string version_of(const Material& material) {
    auto fields = changeable_fields(material);
    fields.erase("published");
    return version_of_fields(fields);
}

Result<Material> changed(Material material, const json& fields, const catalog::time::Zone& zone) {
    for (const auto& [field, value] : fields.items())
        if (const auto taken = take(material, field, value, zone); !taken)
            return taken.error();
    return material;
}

} // namespace server::api
