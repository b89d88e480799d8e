#include "catalog/store/import_into.h"

namespace catalog::store {

namespace {

/// A series that is referred to but that neither the file nor the catalog has.
void put_if_unknown(Catalog& catalog, const SeriesId& id) {
    if (id.empty() || catalog.series.find(id)) {
        return;
    }
    Series series;
    series.id = id;
    series.title = id.text();
    catalog.series.put(series);
}

void put_video(Catalog& catalog, Video video) {
    put_if_unknown(catalog, video.series);
    if (const auto before = catalog.videos.find(video.id)) {
        video.published = before->published;
        video.recording = before->recording;
        video.span = before->span;
        video.cuts = before->cuts;
        const bool is_cut = before->span || !before->cuts.empty();
        // A file knows nothing of what is left out of a recording.
        if (is_cut || (before->kind == Video::Kind::live && before->recording)) {
            video.chapters = before->chapters;
        }
    }
    catalog.videos.put(video);
}

void put_material(Catalog& catalog, Material material) {
    if (const auto before = catalog.materials.find(material.id)) {
        material.published = before->published;
        material.file = before->file;
        material.file_name = before->file_name;
        material.bytes = before->bytes;
    }
    catalog.materials.put(material);
}

} // namespace

void import_into(Catalog& catalog, const ImportedCatalog& imported) {
    catalog.transaction([&] {
        for (const Series& series : imported.series) {
            catalog.series.put(series);
        }
        for (const Session& session : imported.sessions) {
            put_if_unknown(catalog, session.series);
            catalog.sessions.put(session);
        }
        for (const Video& video : imported.videos) {
            put_video(catalog, video);
        }
        for (const Material& material : imported.materials) {
            put_material(catalog, material);
        }
        for (const Notice& notice : imported.notices) {
            catalog.notices.put(notice);
        }
        for (const CaptionTrack& track : imported.captions) {
            catalog.captions.put(track);
        }
    });
}

} // namespace catalog::store
