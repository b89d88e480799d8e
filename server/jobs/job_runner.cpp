#include "server/jobs/job_runner.h"

#include "catalog/random_id.h"

#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

namespace server::jobs {
namespace {

using namespace std::chrono_literals;
namespace asio = net::asio;
using catalog::Recording;
using catalog::RecordingId;
using catalog::store::Catalog;

/// How many times in a row somebody may kill a transcoder before it counts as its own fault: the
/// kernel does, where memory runs out.
constexpr int most_killings = 20;
constexpr auto pause_after_getting_on = 1s;
constexpr auto pause_after_failure = 5s;

Failed died_too_often() {
    return {"internal", "変換が途中で止まりました。しばらくしてから、やり直してください。"};
}

} // namespace

/// Lists a recording among those that are being worked on.
class JobRunner::AtWork {
  public:
    AtWork(JobRunner& runner, RecordingId recording, Transcoding& transcoding)
        : runner_(runner), recording_(std::move(recording)) {
        const std::lock_guard lock(runner_.mutex_);
        auto& running = runner_.running_[recording_];
        running.transcoding = &transcoding;
        running.renewed = std::chrono::steady_clock::now();
    }
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;
    ~AtWork() {
        const std::lock_guard lock(runner_.mutex_);
        runner_.running_.erase(recording_);
    }

  private:
    JobRunner& runner_;
    RecordingId recording_;
};

JobRunner::JobRunner(const Parts& parts) : parts_(parts), owner_(catalog::random_id()) {}

void JobRunner::start(asio::any_io_executor executor, net::TaskGroup& tasks) {
    const std::lock_guard lock(mutex_);
    for (int slot = 0; slot < parts_.settings.jobs; ++slot) {
        bells_.push_back(std::make_shared<Bell>(executor));
        tasks.spawn("transcoding", serve(bells_.back()));
    }
}

void JobRunner::wake() {
    const std::lock_guard lock(mutex_);
    for (const auto& bell : bells_)
        bell->ring();
}

void JobRunner::stop() {
    stopping_ = true;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [recording, running] : running_)
            running.transcoding->kill();
    }
    wake();
}

std::optional<Progress> JobRunner::progress(const RecordingId& recording) const {
    const std::lock_guard lock(mutex_);
    const auto found = running_.find(recording);
    return found == running_.end() ? std::nullopt : found->second.progress;
}

void JobRunner::end(const RecordingId& recording) {
    const std::lock_guard lock(mutex_);
    if (const auto found = running_.find(recording); found != running_.end())
        found->second.transcoding->kill();
}

net::Task<> JobRunner::serve(std::shared_ptr<Bell> bell) {
    while (!stopping_) {
        const auto pause = co_await take_turn();
        if (!stopping_ && pause > 0s)
            co_await bell->wait(pause);
    }
}

net::Task<std::chrono::milliseconds> JobRunner::take_turn() {
    try {
        auto found = co_await next();
        if (!found.work)
            co_return found.some_wait ? 500ms : 60s;
        co_await transcode(std::move(*found.work));
        co_return 0ms;
    } catch (const std::exception& broken) {
        // A full disk, say: the lease runs out, and somebody tries again.
        spdlog::error("A transcoding was left: {}", broken.what());
    }
    co_return pause_after_failure;
}

net::Task<JobRunner::Found> JobRunner::next() {
    auto look = [this](Catalog& catalog) {
        Found found;
        const auto now = parts_.clock.now();
        auto job = catalog.jobs.lease(owner_, now, parts_.settings.lease);
        if (!job) {
            for (const auto& each : catalog.jobs.all())
                found.some_wait |= each.state == catalog::TranscodeJob::State::waiting;
            return found;
        }
        catalog.recordings.begin(job->recording);
        if (auto recording = catalog.recordings.find(job->recording))
            found.work = Work{std::move(*job), std::move(*recording)};
        return found;
    };
    co_return co_await parts_.writer.run(std::move(look));
}

net::Task<> JobRunner::transcode(Work work) {
    const auto& settings = parts_.settings;
    const auto& id = work.recording.id;
    const auto folder = parts_.folder.media() / id.text();
    const nlohmann::json task{{"input", (folder / work.recording.source).string()},
                              {"folder", folder.string()}};
    Transcoding transcoding({.program = program_of(settings),
                             .folder = folder,
                             .option = "--job",
                             .task = task.dump(),
                             .niceness = settings.niceness,
                             .stall = settings.stall,
                             .beat = settings.lease / 4},
                            threads_);
    const AtWork at_work(*this, id, transcoding);
    auto outcome = co_await run(work, transcoding);
    co_await settle(work, std::move(outcome));
}

net::Task<Transcoding::Outcome> JobRunner::run(const Work& work, Transcoding& transcoding) {
    Transcoding::Listener listener{
        .heard = [this, &work](const Event& event) { return heard(work, event); },
        .beat = [this, &work] { return renew(work); },
    };
    try {
        co_return co_await transcoding.run(std::move(listener));
    } catch (const std::exception& broken) {
        co_return Transcoding::Died{broken.what()};
    }
}

net::Task<> JobRunner::heard(const Work& work, const Event& event) {
    const auto& id = work.recording.id;
    bool show_now = false;
    {
        const std::lock_guard lock(mutex_);
        auto& running = running_.at(id);
        if (std::holds_alternative<SegmentLanded>(event)) {
            show_now = !running.got_on;
            running.got_on = true;
            running.has_news = true;
            deaths_.erase(id);
        } else if (const auto* progress = std::get_if<Progress>(&event)) {
            running.progress = *progress;
            show_now = running.has_news;
        } else if (std::holds_alternative<RenditionBegun>(event)) {
            // The playlist above all was written for it: what can be played can be now.
            show_now = true;
        }
        running.has_news = running.has_news && !show_now;
    }
    if (show_now)
        co_await show(id);
    co_await renew(work);
}

net::Task<> JobRunner::show(RecordingId recording) {
    auto read = [this, recording = std::move(recording)] {
        parts_.play_table.update_recording(recording);
    };
    co_await net::offload(threads_, std::move(read));
}

net::Task<> JobRunner::renew(const Work& work) {
    {
        const std::lock_guard lock(mutex_);
        auto& running = running_.at(work.recording.id);
        const auto now = std::chrono::steady_clock::now();
        if (now - running.renewed < parts_.settings.lease / 4)
            co_return;
        running.renewed = now;
    }
    auto renewal = [this, &work](Catalog& catalog) {
        return catalog.jobs.renew(work.job.id, owner_,
                                  parts_.clock.now() + parts_.settings.lease);
    };
    const auto renewed = co_await parts_.writer.run(std::move(renewal));
    if (!renewed)
        throw std::runtime_error(renewed.error().message);
}

net::Task<> JobRunner::settle(const Work& work, Transcoding::Outcome outcome) {
    if (stopping_)
        co_return; // the next start goes on with it
    FoundCaptions found;
    if (std::holds_alternative<Finished>(outcome))
        found = co_await found_in(work);
    auto write = [this, &work, &outcome, &found](Catalog& catalog) {
        catalog.transaction([&] {
            if (const auto* finished = std::get_if<Finished>(&outcome)) {
                finish(catalog, work, *finished, found);
            } else if (const auto* failed = std::get_if<Failed>(&outcome)) {
                if (failed->again() == Failed::Again::may_pass)
                    try_again(catalog, work, *failed, Transcoding::Died::Killed::no);
                else
                    fail(catalog, work, *failed);
            } else {
                const auto& died = std::get<Transcoding::Died>(outcome);
                spdlog::warn("The transcoder of {} ended early: {}", work.recording.id.text(),
                             died.how);
                try_again(catalog, work, died_too_often(), died.killed);
            }
        });
        for (const auto& video : catalog.videos.of_recording(work.recording.id))
            if (auto playable = play::playable_video(catalog, video.id))
                parts_.play_table.put(std::move(*playable));
    };
    co_await parts_.writer.run(std::move(write));
    co_await show(work.recording.id);
}

net::Task<FoundCaptions> JobRunner::found_in(const Work& work) {
    auto read = [folder = parts_.folder.media() / work.recording.id.text()] {
        return read_found_captions(folder);
    };
    co_return co_await net::offload(threads_, std::move(read));
}

void JobRunner::finish(Catalog& catalog, const Work& work, const Finished& finished,
                       const FoundCaptions& found) {
    catalog.recordings.finish(work.recording.id, finished.duration, finished.lost);
    catalog.jobs.finish(work.job.id);
    put_found_captions(catalog, work.recording.id, found);
}

void JobRunner::fail(Catalog& catalog, const Work& work, const Failed& failed) {
    catalog.recordings.fail(work.recording.id, failed.kind, failed.message);
    catalog.jobs.fail(work.job.id);
}

void JobRunner::try_again(Catalog& catalog, const Work& work, const Failed& failed,
                          Transcoding::Died::Killed killed) {
    const bool was_killed = killed == Transcoding::Died::Killed::yes;
    int deaths = 0;
    bool got_on = false;
    {
        const std::lock_guard lock(mutex_);
        got_on = running_.at(work.recording.id).got_on;
        deaths = got_on ? 0 : ++deaths_[work.recording.id];
    }
    if (deaths >= (was_killed ? most_killings : parts_.settings.attempts)) {
        fail(catalog, work, failed);
        return;
    }
    const auto pause = got_on || was_killed
                           ? std::chrono::seconds(pause_after_getting_on)
                           : parts_.settings.back_off * (1 << (deaths - 1));
    catalog.jobs.put_back(work.job.id, parts_.clock.now() + pause);
    catalog.recordings.requeue(work.recording.id);
}

} // namespace server::jobs
