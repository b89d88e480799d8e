#include "transcoder/timed_text/timed_text.h"

#include "transcoder/folder/files.h"
#include "transcoder/folder/fresh_folder.h"
#include "transcoder/timed_text/chapters.h"

#include <algorithm>

namespace transcoder::timed_text {

namespace {

namespace fs = std::filesystem;

constexpr const char* captions_name = "captions";
constexpr const char* chapters_name = "chapters.vtt";

void write_captions(const std::vector<Captions>& captions, const fs::path& folder) {
    const auto is_written = [](const Captions& track) { return !track.cues.empty(); };
    if (std::ranges::none_of(captions, is_written))
        return;
    const folder::FreshFolder fresh(folder / captions_name);
    for (const auto& track : captions)
        if (is_written(track))
            fresh.write(fs::path(track.told.file).filename(), catalog::to_webvtt(track.cues));
    fresh.finish();
}

} // namespace

Told write(const av::SourceFile& file, const Span& span, const fs::path& folder) {
    clear(folder);
    av::Input source(file);
    Told told;
    const auto chapters = read_chapters(source, span);
    told.chapters = chapters.told;
    if (!chapters.cues.empty())
        folder::replace_file(folder / chapters_name, catalog::to_webvtt(chapters.cues));
    const auto captions = read_captions(source, span);
    for (const auto& track : captions)
        told.captions.push_back(track.told);
    write_captions(captions, folder);
    return told;
}

void clear(const fs::path& folder) {
    for (const fs::path name : {captions_name, chapters_name}) {
        fs::remove_all(folder / name);
        fs::remove_all(folder / (name.string() + ".new"));
    }
}

} // namespace transcoder::timed_text
