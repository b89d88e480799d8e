#include "transcoder/transcode.h"

#include "catalog/media/media_folder.h"
#include "transcoder/contained.h"
#include "transcoder/crew.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/presentation.h"
#include "transcoder/report.h"
#include "transcoder/stills/stills.h"

#include <algorithm>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

namespace transcoder {

namespace {

using std::chrono::microseconds;
using Clock = std::chrono::steady_clock;

/// All that decides which bytes are made: the source, the plan, and who makes it.
std::string recipe_of(const av::SourceFile& file, const plan::Plan& plan) {
    return "kiroku-transcoder 4 libavcodec " + std::to_string(avcodec_version()) + " source " +
           std::to_string(file.size()) + " bytes changed " + std::to_string(file.changed_ns()) +
           " plan " + plan::to_text(plan) + "\n";
}

/// Fewer threads make as much, one after the other; more cost memory and no time is won.
unsigned threads_for(const Job& job) {
    constexpr unsigned most = 16;
    const unsigned wanted = job.threads != 0 ? job.threads : std::thread::hardware_concurrency();
    return std::clamp(wanted, 1U, most);
}

Wanted wanted(const Job& job) {
    return job.caller == folder::Caller::server ? Wanted::while_input_is_open : Wanted::always;
}

/// How far a run is, from the frames that it has made.
class Pace {
  public:
    Pace(const plan::Plan& plan, std::int64_t already) : plan_(plan), already_(already) {}

    Progress at(std::int64_t made, std::optional<std::int64_t> end) const {
        Progress progress;
        const auto& grid = plan_.grid;
        const double elapsed = std::chrono::duration<double>(Clock::now() - began_).count();
        const double media = std::chrono::duration<double>(grid.at(made)).count();
        progress.speed = elapsed > 0 ? media / elapsed : 0;
        const auto total = end ? end : plan_.promised_frames();
        if (!total || *total <= 0)
            return progress;
        const auto here = std::min(already_ + made, *total);
        progress.fraction = static_cast<double>(here) / static_cast<double>(*total);
        // The first seconds say little of the rest.
        if (progress.speed > 0 && elapsed > 2) {
            const double left = std::chrono::duration<double>(grid.at(*total - here)).count();
            progress.remaining = std::chrono::seconds(
                static_cast<std::int64_t>(left / progress.speed + 0.5));
        }
        return progress;
    }

  private:
    const plan::Plan& plan_;
    std::int64_t already_;
    Clock::time_point began_ = Clock::now();
};

/// What the header promised and was not there, beyond what was found unreadable on the way.
microseconds missing_tail(const plan::Plan& plan, microseconds made) {
    // Headers round, and count the last frame of each stream differently.
    constexpr std::chrono::milliseconds usual{500};
    const auto missing = plan.source.duration.value_or(made) - made;
    return missing > usual ? missing : microseconds{0};
}

Finished summary(const plan::Plan& plan, microseconds made, std::int64_t frames_lost) {
    return {made, plan.grid.at(frames_lost) + missing_tail(plan, made), plan.names(), {}, {}};
}

/// Frames that an earlier run made.
std::int64_t already_made(const plan::Plan& plan, const folder::Presentation& presentation) {
    const auto frames = plan.grid.chunk_begin(presentation.first_chunk());
    if (!plan.sound_goes_first())
        return frames;
    return made_with_sound(frames, plan.grid.chunk_begin(presentation.first_sound_chunk()));
}

/// Tells of a run's progress: each segment at once, the rest about once a second.
class Teller {
  public:
    Teller(const plan::Plan& plan, folder::Presentation& presentation, Events& events,
           ProgressBar& bar)
        : plan_(plan), presentation_(presentation), events_(events), bar_(bar),
          pace_(plan, already_made(plan, presentation)) {}

    void look(const Crew& crew) {
        announce();
        constexpr std::chrono::seconds often{1};
        const auto now = Clock::now();
        if (now - told_ < often)
            return;
        told_ = now;
        const auto progress = pace_.at(crew.frames_made(), crew.end());
        events_.progress(progress);
        bar_.draw(progress);
    }

    void announce() {
        if (told_of_.size() == plan_.names().size())
            return;
        for (const auto& name : presentation_.announce())
            if (told_of_.insert(name).second)
                events_.rendition(name);
    }

  private:
    const plan::Plan& plan_;
    folder::Presentation& presentation_;
    Events& events_;
    ProgressBar& bar_;
    Pace pace_;
    Clock::time_point told_ = Clock::now();
    std::set<std::string> told_of_;
};

/// Draws the sound, where the stills did not need it and so have not.
void write_waveform(const std::filesystem::path& folder, const plan::SoundRung& rung,
                    sound::Waveform& waveform) {
    if (!waveform.has_begun())
        sound::hear(folder / (rung.name + ".mp4"), waveform);
    folder::replace_file(folder / waveform_name, waveform.to_text());
}

/// Makes all that the folder lacks.
Outcome<Finished> make(const av::SourceFile& file, const plan::Plan& plan, const Job& job,
                       const std::filesystem::path& folder, Events& events, ProgressBar& bar) {
    const auto on_segment = [&events](const folder::RenditionWriter& rendition, std::size_t number,
                                      const catalog::media::Segment& segment) {
        events.segment(rendition.name(), number, segment.duration, segment.bytes.size);
    };
    folder::Presentation presentation(folder, plan, on_segment);
    Teller teller(plan, presentation, events, bar);
    Crew crew(file, plan, presentation.sinks(),
              {presentation.first_chunk(), plan.sound_goes_first() ? presentation.first_sound_chunk() : 0},
              threads_for(job));
    constexpr std::chrono::milliseconds glance{100};
    while (crew.wait(glance) == Crew::State::working)
        teller.look(crew);
    bar.clear();
    if (crew.end().value_or(0) == 0)
        return reject(Kind::damaged);
    presentation.finish();
    teller.announce();
    sound::Waveform waveform(presentation.duration());
    stills::make_stills(folder, plan, presentation.duration(), waveform, threads_for(job));
    if (plan.sound)
        write_waveform(folder, *plan.sound, waveform);
    return summary(plan, presentation.duration(), crew.frames_lost());
}

Outcome<av::SourceFile> open_source(const std::filesystem::path& path) {
    try {
        return av::SourceFile::open(path);
    } catch (const std::system_error& error) {
        return Rejection{Kind::internal, "入力のファイルを開けません。",
                         std::string("The input cannot be opened: ") + error.code().message() + "."};
    }
}

/// What an earlier run heard and wrote down; none where that is not to be believed.
std::optional<sound::Heard> heard_before(const folder::OutputFolder& folder) {
    if (!folder.kept())
        return std::nullopt;
    try {
        return sound::read_heard(*folder.kept());
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

/// What is to be heard of the sound. It is written down before anything follows from it.
Outcome<sound::Heard> heard_in(folder::OutputFolder& folder, const av::SourceFile& file,
                               const plan::Plan& plan, const Job& job) {
    if (const auto before = heard_before(folder))
        return *before;
    auto heard = listen_apart(file, plan, sound::Hearing::quick, threads_for(job), wanted(job));
    if (heard)
        folder.keep(sound::to_text(*heard));
    return heard;
}

/// The same for the report, of all of the sound. Where that fails what was heard before stands: the
/// recording is made.
sound::Heard heard_whole(const sound::Heard& heard, const av::SourceFile& file,
                         const plan::Plan& plan, const Job& job) {
    if (heard.of == sound::Heard::Of::whole)
        return heard;
    const auto whole =
        listen_apart(file, plan, sound::Hearing::whole, threads_for(job), wanted(job));
    return whole ? *whole : heard;
}

Finished::Loudness loudness_of(const sound::Heard& heard, const sound::Treatment& treatment) {
    return {heard.integrated_lufs, heard.true_peak_dbtp, treatment.gain_db()};
}

Finished finished_before(const folder::OutputFolder& folder, const plan::Plan& plan) {
    const auto media = catalog::media::read_media_folder(folder.path());
    auto finished = summary(plan, media.value().duration(), 0);
    finished.loudness = reported_loudness(folder.path());
    return finished;
}

Outcome<Finished> make_in(folder::OutputFolder& folder, const av::SourceFile& file,
                          plan::Plan plan, const Job& job, Events& events, ProgressBar& bar) {
    if (folder.state() == folder::OutputFolder::State::finished) {
        events.probed(plan);
        return finished_before(folder, plan);
    }
    const auto began = Clock::now();
    const auto from = std::filesystem::exists(folder.path() / "main.m3u8")
                          ? Effort::From::where_another_stopped
                          : Effort::From::beginning;
    std::optional<sound::Heard> heard;
    if (plan.sound) {
        auto outcome = heard_in(folder, file, plan, job);
        if (!outcome)
            return outcome.error();
        heard = std::move(*outcome);
        plan::treat(plan, *heard);
    }
    events.probed(plan);
    const auto make_it = [&] { return make(file, plan, job, folder.path(), events, bar); };
    const Workplace place{file, folder, plan, threads_for(job), wanted(job)};
    auto made = make_apart(place, events, make_it);
    if (!made)
        return made;
    auto told = write_text_apart(place, made->duration);
    if (!told)
        return told.error();
    made->text = std::move(*told);
    if (heard) {
        heard = heard_whole(*heard, file, plan, job);
        made->loudness = loudness_of(*heard, plan.sound->treatment);
    }
    const Effort effort{Clock::now() - began, threads_for(job), from};
    folder::replace_file(folder.path() / report_name, report(file, plan, heard, *made, effort));
    folder.finish();
    return made;
}

/// `why_encoded` says why nothing is handed on whatever the job says; empty: as the job says.
Outcome<Finished> attempt(const Job& job, const std::string& why_encoded, Events& events,
                          ProgressBar& bar) {
    const auto file = open_source(job.input);
    if (!file)
        return file.error();
    const auto passthrough = why_encoded.empty() ? job.passthrough : plan::Passthrough::never;
    auto source = probe_apart(*file, passthrough, wanted(job));
    if (!source) {
        folder::remove_leftovers(job.folder, job.input);
        return source.error();
    }
    if (!why_encoded.empty())
        source->passing.why_no_picture = source->passing.why_no_sound = why_encoded;
    const auto plan = plan::make_plan(*source, job.wishes);
    std::optional<folder::OutputFolder> folder;
    try {
        auto taken = folder::OutputFolder::take(job.folder, job.input, recipe_of(*file, plan),
                                                plan.names(), job.caller);
        if (!taken)
            return taken.error();
        folder.emplace(std::move(*taken));
        auto made = make_in(*folder, *file, plan, job, events, bar);
        if (!made)
            folder->remove_all();
        return made;
    } catch (const std::system_error& error) {
        if (folder)
            folder->remove_all();
        return rejection_of(error);
    } catch (const std::exception&) {
        if (folder)
            folder->remove_all();
        throw;
    }
}

} // namespace

Outcome<std::string> look_at(const Job& job, Look how) {
    const auto file = open_source(job.input);
    if (!file)
        return file.error();
    const auto source = probe_apart(*file, job.passthrough, wanted(job));
    if (!source)
        return source.error();
    auto plan = plan::make_plan(*source, job.wishes);
    if (how == Look::probe || !plan.sound)
        return outlook(*file, plan, std::nullopt);
    const auto heard =
        listen_apart(*file, plan, sound::Hearing::whole, threads_for(job), wanted(job));
    if (!heard)
        return heard.error();
    plan::treat(plan, *heard);
    return outlook(*file, plan, *heard);
}

Outcome<Finished> transcode(const Job& job, Events& events, ProgressBar& bar) {
    auto made = attempt(job, "", events, bar);
    if (made || made.error().kind != Kind::cannot_pass)
        return made;
    // What was handed on is gone again: all of it is encoded, as far as it can be decoded.
    return attempt(job, "damaged", events, bar);
}

} // namespace transcoder
