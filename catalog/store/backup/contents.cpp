#include "catalog/store/backup/contents.h"

namespace catalog::store::backup {

namespace {

Wanted folder_of(Catalog& catalog, const Recording& recording) {
    const std::string folder = "media/" + recording.id.text();
    const bool is_finished = recording.state == Recording::State::ready;
    return {
        .name = folder,
        .age = is_finished ? Entry::Age::finished : Entry::Age::growing,
        .source = recording.source.empty() ? "" : folder + "/" + recording.source,
        .gone = catalog.withdrawals.of_recording(recording.id).empty() ? Wanted::Gone::kept : Wanted::Gone::let_go,
    };
}

Wanted file_of(const Upload& upload) {
    const std::string home = upload.material.empty() ? "media/" : "materials/";
    return {
        .name = "uploads/" + upload.id.text(),
        .age = Entry::Age::growing,
        .moved_to = home + upload.id.text(),
        .need = Wanted::Need::may, // one whose time is over is removed, and forgotten at the next start
    };
}

} // namespace

std::vector<Wanted> contents_of(Catalog& catalog) {
    std::vector<Wanted> wanted;
    for (const Recording& recording : catalog.recordings.all()) {
        wanted.push_back(folder_of(catalog, recording));
    }
    for (const Material& material : catalog.materials.all()) {
        if (!material.file.empty()) {
            wanted.push_back({.name = "materials/" + material.file});
        }
    }
    for (const Document& document : catalog.documents.all()) {
        if (document.state == Document::State::ready) {
            wanted.push_back({.name = "pages/" + document.file});
        }
    }
    for (const auto& version : catalog.materials.versions()) {
        wanted.push_back({.name = "materials/" + version.file.file});
    }
    for (const Upload& upload : catalog.uploads.all()) {
        if (!upload.finished) {
            wanted.push_back(file_of(upload));
        }
    }
    for (const char* of_site : {"kiroku.toml", "secrets"}) {
        wanted.push_back({.name = of_site, .age = Entry::Age::growing, .need = Wanted::Need::may});
    }
    return wanted;
}

} // namespace catalog::store::backup
