// Anything at all, read as a caption file: it gives cues that are read back the same, or a sentence.
#include "catalog/caption_changes.h"
#include "catalog/caption_file.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

bool is_in_order(const std::vector<catalog::Cue>& cues) {
    for (std::size_t at = 0; at < cues.size(); ++at) {
        const bool is_late = at > 0 && cues[at].start < cues[at - 1].start;
        if (is_late || cues[at].end <= cues[at].start || cues[at].text.empty()) {
            return false;
        }
    }
    return true;
}

/// Overrides inside each other, or of entities, leave what looks like one. WebVTT knows none.
bool looks_like_override(const catalog::Cue& cue) {
    return cue.text.find("{\\") != std::string::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = catalog::read_caption_file({reinterpret_cast<const char*>(data), size});
    if (!file) {
        require(file.error().message.ends_with("。"));
        return 0;
    }
    require(!file->cues.empty() && file->notes.size() <= 20 && is_in_order(file->cues));
    if (std::any_of(file->cues.begin(), file->cues.end(), looks_like_override)) {
        return 0;
    }
    const auto again = catalog::read_caption_file(catalog::to_webvtt(file->cues));
    require(again.has_value() && again->cues == file->cues && again->notes.empty());
    const auto tidy = catalog::tidied(file->cues);
    require(tidy.has_value() && *tidy == file->cues);
    return 0;
}
