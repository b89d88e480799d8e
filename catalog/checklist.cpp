#include "catalog/checklist.h"

namespace catalog {

namespace {

using Finding = Check::Finding;
using Subject = Check::Subject;
using Recording = PublishingFacts::Recording;

Finding there(bool is) {
    return is ? Finding::good : Finding::missing;
}

/// What the transcoder makes, once it has.
Finding made(const PublishingFacts& facts, Finding finding) {
    switch (facts.recording) {
    case Recording::none:
    case Recording::planned:
        return Finding::missing;
    case Recording::unfinished:
        return Finding::not_finished;
    case Recording::finished:
        break;
    }
    return finding;
}

Finding of_sound(const std::optional<PublishingFacts::Sound>& sound) {
    if (!sound) {
        return Finding::missing;
    }
    if (sound->silent) {
        return Finding::silent;
    }
    if (!sound->lufs) {
        return Finding::not_measured;
    }
    return *sound->lufs < quietest_lufs ? Finding::too_quiet : Finding::good;
}

Finding of_window(const AvailabilityWindow& window, UtcTime now) {
    if (window == AvailabilityWindow{}) {
        return Finding::missing;
    }
    return window.at(now) == AvailabilityWindow::State::closed ? Finding::over : Finding::good;
}

Finding of_materials(const PublishingFacts& facts) {
    return facts.without_file > 0 ? Finding::without_file : there(facts.materials > 0);
}

} // namespace

std::vector<Check> checklist(const PublishingFacts& facts, UtcTime now) {
    const Check window{Subject::window, of_window(facts.window, now)};
    const Check materials{Subject::materials, of_materials(facts)};
    if (facts.recording == Recording::planned) {
        return {window, materials};
    }
    return {{Subject::sound, made(facts, of_sound(facts.sound))},
            {Subject::captions, there(facts.caption_cues > 0)},
            window,
            {Subject::chapters, there(facts.chapters > 0)},
            {Subject::thumbnail, made(facts, there(facts.has_thumbnail))},
            materials};
}

std::string_view to_text(Subject subject) {
    switch (subject) {
    case Subject::sound:
        return "sound";
    case Subject::captions:
        return "captions";
    case Subject::window:
        return "window";
    case Subject::chapters:
        return "chapters";
    case Subject::thumbnail:
        return "thumbnail";
    case Subject::materials:
        break;
    }
    return "materials";
}

std::string_view to_text(Finding finding) {
    switch (finding) {
    case Finding::good:
        return "good";
    case Finding::missing:
        return "missing";
    case Finding::too_quiet:
        return "too_quiet";
    case Finding::silent:
        return "silent";
    case Finding::not_measured:
        return "not_measured";
    case Finding::not_finished:
        return "not_finished";
    case Finding::over:
        return "over";
    case Finding::without_file:
        break;
    }
    return "without_file";
}

std::string_view in_words(Subject subject) {
    switch (subject) {
    case Subject::sound:
        return "音声";
    case Subject::captions:
        return "字幕";
    case Subject::window:
        return "公開期間";
    case Subject::chapters:
        return "チャプター";
    case Subject::thumbnail:
        return "サムネイル";
    case Subject::materials:
        break;
    }
    return "資料";
}

} // namespace catalog
