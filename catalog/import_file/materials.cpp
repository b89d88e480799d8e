#include "catalog/import_file/context.h"
#include "catalog/import_file/times.h"

#include <algorithm>

namespace catalog::import_file {

namespace {

/// The session or the video that a material belongs to; the file calls either `sessionId`.
void read_owner(const Field& field, const Context& context, Material& material) {
    const std::string id = field.needed_id();
    if (context.sessions.contains(id)) {
        material.session = SessionId(id);
    } else if (context.videos.contains(id)) {
        material.video = VideoId(id);
    } else if (!id.empty()) {
        field.mistake("there is no session, lecture or recording \"" + id + "\"");
    }
}

ProgrammeItemId read_item_reference(const Field& field, const Context& context,
                                    const SessionId& owner) {
    if (!field.present()) {
        return {};
    }
    const ProgrammeItemId id(field.needed_id());
    const auto session = context.sessions.find(owner.text());
    const bool known = session != context.sessions.end() &&
                       std::ranges::find(session->second.items, id, &ProgrammeItem::id) !=
                           session->second.items.end();
    if (!known) {
        field.mistake("the session's programme has no item \"" + id.text() + "\"");
    }
    return id;
}

Material read_material(const Field& field, Context& context) {
    Material material;
    material.id = MaterialId(read_own_id(field["id"], context.materials));
    read_owner(field.either("sessionId", "videoId"), context, material);
    material.item = read_item_reference(field["itemId"], context, material.session);
    material.title = field["title"].needed_text();
    material.format = field["format"].text().value_or("pdf");
    material.published_on = read_date(field["publishedOn"]);
    material.audience = read_audience(field["audience"], material.session, context);
    material.window = read_window(field["window"], context.zone);
    return material;
}

void check_listed_materials(const Context& context) {
    for (const Field& field : context.listed_materials) {
        const auto id = field.text();
        if (id && !context.materials.contains(*id)) {
            field.mistake("there is no material \"" + *id + "\"");
        }
    }
}

} // namespace

std::vector<Material> read_materials(Context& context) {
    std::vector<Material> all;
    for (const Field& field : context.file["materials"].elements()) {
        if (field.expect_object()) {
            all.push_back(read_material(field, context));
        }
    }
    check_listed_materials(context);
    return all;
}

} // namespace catalog::import_file
