#include "transcoder/timed_text/chapters.h"

#include "transcoder/av/time.h"
#include "transcoder/timed_text/plain.h"

#include <algorithm>

namespace transcoder::timed_text {

namespace {

using std::chrono::microseconds;

constexpr unsigned most_chapters = 1000;

/// No more of a title than can be shown, cut between two characters.
std::string shortened(std::string title) {
    constexpr std::size_t longest = 600;
    if (title.size() <= longest)
        return title;
    auto size = longest;
    while (size > 0 && (static_cast<unsigned char>(title[size]) & 0xc0) == 0x80)
        --size;
    title.resize(size);
    return title;
}

/// What a chapter is called, on one line; its number where it has no name that can be read.
std::string title_of(const AVChapter& chapter, unsigned number) {
    const auto* entry = av_dict_get(chapter.metadata, "title", nullptr, 0);
    auto title = cleaned(entry != nullptr ? entry->value : "").value_or("");
    std::ranges::replace(title, '\n', ' ');
    return title.empty() ? std::to_string(number) : shortened(std::move(title));
}

Raw raw(const AVChapter& chapter, unsigned number, const Span& span) {
    constexpr microseconds far{std::int64_t{1} << 60};
    const auto origin = std::clamp(span.origin, -far, far);
    const auto at = [&](std::int64_t ticks) {
        return std::clamp(av::to_microseconds(ticks, chapter.time_base).value_or(far), -far, far) -
               origin;
    };
    const auto start = at(chapter.start);
    const auto end = at(chapter.end);
    return {start, end > start ? end : span.duration, title_of(chapter, number)};
}

} // namespace

std::vector<catalog::Cue> divided(std::vector<Raw> chapters, microseconds duration) {
    auto cues = placed(std::move(chapters), duration);
    const auto together = std::ranges::unique(cues, {}, &catalog::Cue::start);
    cues.erase(together.begin(), together.end());
    for (std::size_t i = 1; i < cues.size(); ++i)
        cues[i - 1].end = std::min(cues[i - 1].end, cues[i].start);
    if (cues.size() < 2)
        cues.clear();
    return cues;
}

Chapters read_chapters(const av::Input& source, const Span& span) {
    const auto& context = source.context();
    Chapters chapters;
    chapters.told.found = context.nb_chapters;
    if (context.nb_chapters == 0)
        return chapters;
    std::vector<Raw> found;
    for (unsigned i = 0; i < std::min(context.nb_chapters, most_chapters); ++i)
        found.push_back(raw(*context.chapters[i], i + 1, span));
    if (context.nb_chapters == 1)
        chapters.told.why_not = "only_one";
    else if (context.nb_chapters > most_chapters)
        chapters.told.why_not = "too_many";
    else
        chapters.cues = divided(std::move(found), span.duration);
    chapters.told.written = static_cast<std::int64_t>(chapters.cues.size());
    if (chapters.cues.empty() && chapters.told.why_not.empty())
        chapters.told.why_not = "nonsense";
    return chapters;
}

} // namespace transcoder::timed_text
