#include "server/handover/hand_over.h"

#include "catalog/clip.h"
#include "catalog/store/backup/partial_folder.h"
#include "server/api/report_view.h"
#include "server/handover/catalog_json.h"
#include "server/handover/pages.h"

#include <algorithm>
#include <stdexcept>

namespace server::handover {
namespace {

namespace fs = std::filesystem;

Contents read(const Order& order) {
    const auto& folder = order.folder;
    if (!fs::exists(folder.catalog_file()))
        throw std::runtime_error("There is no catalog in " + folder.root.string() + ".");
    catalog::store::Catalog catalog(folder.catalog_file(), catalog::store::Access::read);
    return Contents::read(catalog, catalog::time::Zone::named(order.site.zone).value(), order.now);
}

void put_pages(Folder& folder, const Order& order, const Contents& contents,
               const FileNames& names) {
    const pages::Share share(order.share);
    const Pages pages(contents, names, folder, share, order.site, order.now);
    folder.put("index.html", pages.index());
    for (const auto& session : contents.sessions)
        folder.put(FileNames::page_of(session), pages.page_of(session));
    for (const auto& video : contents.videos)
        folder.put(FileNames::page_of(video), pages.page_of(video));
    for (const auto& report : contents.reports) {
        folder.put(FileNames::page_of(report), pages.page_of(report));
        folder.put(FileNames::table_of(report), api::report_csv(report));
    }
    for (const char* asset : {"export.js", "style.css", "icon.svg"})
        folder.copy(asset, order.share / "export" / asset);
    folder.put("catalog.json", catalog_json(contents, names, order.site, order.now));
}

void put_media(Folder& folder, const Order& order, const Contents& contents,
               const FileNames& names) {
    for (const auto& recording : contents.recordings)
        if (contents.goes_along(recording))
            put_recording(folder, recording, order.folder.media() / recording.id.text(),
                          order.sources);
    for (const auto& video : contents.videos) {
        if (!catalog::Clip(video).is_whole() && contents.plays(video))
            put_span(folder, video, order.folder.media() / video.recording->text());
        for (const auto& track : contents.captions.at(video.id))
            folder.put(FileNames::file_of(track), to_webvtt(track.cues));
    }
    for (const auto& material : contents.materials)
        if (!material.file.empty())
            folder.copy(names.file_of(material), order.folder.materials() / material.file);
}

std::vector<std::string> left_out(const Contents& contents) {
    std::vector<std::string> sentences;
    for (const auto& video : contents.videos)
        if (const auto* recording = contents.recording_of(video); recording && contents.withheld.contains(recording->id))
            sentences.push_back("Something was withdrawn from the recording of " + video.id.text() + " (" + video.title +
                                ") and is still in its files; it was left out. Try again in a while.");
        else if (recording && !contents.plays(video))
            sentences.push_back("The recording of " + video.id.text() + " (" + video.title +
                                ") is not finished, and was left out.");
    return sentences;
}

} // namespace

Report hand_over(const Order& order) {
    require_apart(order.folder, order.target);
    const auto contents = read(order);
    const FileNames names(contents);
    catalog::store::backup::PartialFolder partial(order.target);
    Folder folder(partial.path());
    put_media(folder, order, contents, names);
    put_pages(folder, order, contents, names);
    folder.finish();
    partial.put_in_place();
    return {folder.files(), folder.bytes(), left_out(contents)};
}

} // namespace server::handover
