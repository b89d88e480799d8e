#include "transcoder/live/live.h"

#include "catalog/media/media_folder.h"
#include "transcoder/contained.h"
#include "transcoder/folder/output_folder.h"
#include "transcoder/live/ending.h"
#include "transcoder/live/lists.h"
#include "transcoder/live/session.h"

#include <unistd.h>

#include <system_error>

namespace transcoder::live {

namespace {

using std::chrono::microseconds;

/// The mark's first line: what goes on is told by the second, the ladder.
constexpr const char* recipe = "kiroku-transcoder live 1\n";

Rejection has_ended() {
    return {Kind::internal, "この配信はすでに終了しています。", "This live recording has ended."};
}

/// Those of a finished folder; empty where it is none.
std::vector<std::string> names_in(const std::filesystem::path& folder) {
    const auto media = catalog::media::read_media_folder(folder);
    if (!media)
        return {};
    const auto names = media->names();
    return {names.begin(), names.end()};
}

Finished ended_before(const LiveJob& job, Events& events) {
    Finished finished;
    const auto media = catalog::media::read_media_folder(job.folder).value();
    finished.duration = media.renditions.at(media.main.variants.front().rendition).duration();
    finished.renditions = names_in(job.folder);
    events.ended(finished.duration);
    return finished;
}

Outcome<void> record(const LiveJob& job, folder::OutputFolder& folder, Events& events) {
    const auto keep = [&folder](const std::string& line) { folder.keep(line); };
    Session session(job, folder.kept(), keep, events);
    const auto duration = session.run(STDIN_FILENO);
    if (!duration)
        return duration.error();
    events.interrupted(*duration);
    return boost::system::in_place_value;
}

Outcome<std::optional<Finished>> finish(const LiveJob& job, folder::OutputFolder& folder,
                                        Events& events) {
    const auto end = [&] { return end_recording(job, folder.kept(), events); };
    auto finished = end_apart(folder, events, end);
    if (!finished)
        return finished.error();
    finished->renditions = names_of(read_live_ladder(folder.kept().value_or("")).value());
    folder.finish();
    return std::optional(std::move(*finished));
}

} // namespace

Outcome<std::optional<Finished>> run(const LiveJob& asked, Events& events) {
    try {
        auto taken = folder::OutputFolder::take(asked.folder, {}, recipe, names_in(asked.folder),
                                                folder::Caller::server);
        if (!taken)
            return taken.error();
        auto job = asked;
        job.folder = taken->path();
        const bool has_finished = taken->state() == folder::OutputFolder::State::finished;
        if (has_finished && job.does == LiveJob::Does::ends)
            return std::optional(ended_before(job, events));
        if (has_finished)
            return has_ended();
        if (job.does == LiveJob::Does::ends)
            return finish(job, *taken, events);
        const auto work = [&] { return record(job, *taken, events); };
        if (auto recorded = record_apart(*taken, events, work); !recorded)
            return recorded.error();
        return std::optional<Finished>();
    } catch (const std::system_error& error) {
        return rejection_of(error);
    }
}

} // namespace transcoder::live
