#include "transcoder/withdraw/remade_texts.h"

#include "catalog/caption_file.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/text_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace transcoder::withdraw {

namespace {

namespace fs = std::filesystem;
using catalog::Cue;
using catalog::Span;

/// A file of cues that cannot be read says nothing that can be left out: it goes.
void leave_out(const fs::path& file, const std::function<bool(const Cue&)>& goes) {
    const auto text = folder::read_text(file);
    if (!text)
        return;
    auto read = catalog::read_caption_file(*text);
    if (!read) {
        fs::remove(file);
        return;
    }
    if (std::erase_if(read->cues, goes) == 0)
        return;
    if (read->cues.empty())
        fs::remove(file);
    else
        folder::replace_file(file, catalog::to_webvtt(read->cues));
}

void draw_without(const fs::path& file, const std::vector<Span>& spans) {
    const auto text = folder::read_text(file);
    constexpr bool with_exceptions = false;
    auto drawn = nlohmann::ordered_json::parse(text.value_or(""), nullptr, with_exceptions);
    if (!drawn.is_object() || !drawn.contains("interval_s") || !drawn.contains("peaks"))
        return;
    const auto interval = drawn.at("interval_s").get<double>();
    auto& peaks = drawn.at("peaks");
    for (std::size_t at = 0; at < peaks.size(); ++at)
        for (const auto& [begin, end] : spans)
            if (static_cast<double>(at) * interval < std::chrono::duration<double>(end).count() &&
                static_cast<double>(at + 1) * interval > std::chrono::duration<double>(begin).count())
                peaks[at] = 0;
    folder::replace_file(file, drawn.dump());
}

} // namespace

void remake_texts(const fs::path& folder, const std::vector<Span>& spans) {
    const auto says_some = [&spans](const Cue& cue) {
        return std::ranges::any_of(spans, [&cue](const Span& span) { return meets(cue.start, cue.end, span); });
    };
    const auto begins_in = [&spans](const Cue& cue) {
        return std::ranges::any_of(spans, [&cue](const Span& span) {
            return cue.start >= span.begin && cue.start < span.end;
        });
    };
    std::vector<fs::path> captions;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder / "captions", missing))
        captions.push_back(entry.path());
    for (const auto& file : captions)
        leave_out(file, says_some);
    leave_out(folder / "chapters.vtt", begins_in);
    draw_without(folder / "waveform.json", spans);
}

} // namespace transcoder::withdraw
