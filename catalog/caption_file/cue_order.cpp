#include "catalog/caption_file/cue_order.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace catalog::caption_file {

std::vector<Cue> in_order(std::vector<ReadCue> read, Notes& notes) {
    std::set<std::tuple<std::chrono::milliseconds, std::chrono::milliseconds, std::string_view>>
        seen;
    std::vector<ReadCue*> kept;
    std::chrono::milliseconds latest{};
    for (ReadCue& each : read) {
        const Cue& cue = each.cue;
        if (!seen.emplace(cue.start, cue.end, cue.text).second) {
            notes.add(Notes::Kind::again, each.line);
            continue;
        }
        if (cue.start < latest) {
            notes.add(Notes::Kind::order, each.line);
        }
        latest = std::max(latest, cue.start);
        kept.push_back(&each);
    }
    std::stable_sort(kept.begin(), kept.end(), [](const ReadCue* one, const ReadCue* other) {
        return one->cue.start < other->cue.start;
    });
    std::vector<Cue> cues;
    cues.reserve(kept.size());
    for (ReadCue* each : kept) {
        cues.push_back(std::move(each->cue));
    }
    return cues;
}

} // namespace catalog::caption_file
