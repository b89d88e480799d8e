#include "transcoder/contained.h"

#include "transcoder/answers.h"
#include "transcoder/av/failure.h"
#include "transcoder/plan/probe.h"
#include "transcoder/sandbox/apart.h"
#include "transcoder/sandbox/sandbox.h"
#include "transcoder/stages/cannot_pass.h"
#include "transcoder/timed_text/timed_text.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>
#include <system_error>

namespace transcoder {

namespace {

using sandbox::Ended;
using std::chrono::seconds;

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
constexpr std::uint64_t gibibyte = mebibyte << 10;
/// The cuts of 24 hours are a quarter of it.
constexpr std::size_t longest_answer = 1024 * 1024;

/// Where packets may be handed on all of the file is read: as long as the slowest disk may take, but
/// no file takes for ever.
seconds reading_at_most(const av::SourceFile& file, std::uint64_t bytes_a_second) {
    constexpr seconds most = std::chrono::hours(1);
    return std::min(most, seconds(file.size() / bytes_a_second));
}

sandbox::Limits for_probe(const av::SourceFile& file) {
    return {.memory_bytes = 512 * mebibyte,
            .processor = seconds(20) + reading_at_most(file, 20 * mebibyte),
            .file_bytes = 0,
            .descriptors = 64,
            .threads = 4};
}

/// Longer than any header says or, where it says nothing, than any file of that size is: 16 KB a
/// second are little even for still slides.
seconds length_at_most(const av::SourceFile& file, const plan::Plan& plan) {
    constexpr std::uint64_t bytes_a_second = 16'000;
    constexpr seconds a_week = std::chrono::hours(7 * 24);
    const auto by_size = seconds(file.size() / bytes_a_second);
    const auto promised = plan.source.duration.value_or(std::chrono::microseconds{0});
    return std::min(a_week, std::max(by_size, std::chrono::ceil<seconds>(promised)));
}

constexpr std::uint64_t beside_the_crew = 8;

/// Sound is decoded hundreds of times as fast as it is heard.
sandbox::Limits for_listening(seconds length, unsigned threads) {
    return {.memory_bytes = gibibyte + threads * 128 * mebibyte,
            .processor = std::chrono::minutes(5) + length,
            .file_bytes = 0,
            .descriptors = 64,
            .threads = threads + beside_the_crew};
}

sandbox::Limits for_work(const Workplace& place) {
    constexpr std::uint64_t for_each_thread = 512 * mebibyte;
    return {.memory_bytes = 2 * gibibyte + place.threads * for_each_thread,
            .processor = std::chrono::minutes(10) + 12 * length_at_most(place.file, place.plan),
            .file_bytes = 32 * gibibyte,
            .descriptors = 128,
            .threads = place.threads + beside_the_crew};
}

/// Where its text lies between picture and sound, all of a file is read; nothing of it is decoded but
/// the text.
sandbox::Limits for_text(const av::SourceFile& file) {
    return {.memory_bytes = gibibyte,
            .processor = std::chrono::minutes(1) + reading_at_most(file, 20 * mebibyte),
            .file_bytes = gibibyte,
            .descriptors = 64,
            .threads = 4};
}

/// What a muxer keeps of each packet, and what it writes.
sandbox::Limits for_remuxing(std::uint64_t bytes) {
    return {.memory_bytes = gibibyte,
            .processor = std::chrono::minutes(1) + seconds(bytes / (20 * mebibyte)),
            .file_bytes = 2 * bytes + gibibyte,
            .descriptors = 64,
            .threads = 4};
}

constexpr std::chrono::hours longest_live{48};

/// A publisher may stay for long, and what it sends is encoded as it comes.
sandbox::Limits for_live() {
    constexpr std::uint64_t threads = 16;
    return {.memory_bytes = 4 * gibibyte,
            .processor = longest_live * threads,
            .file_bytes = 128 * gibibyte,
            .descriptors = 128,
            .threads = 4 * threads};
}

sandbox::Watch watch(std::chrono::milliseconds wall_clock, Wanted wanted) {
    return {wall_clock, wanted == Wanted::while_input_is_open ? STDIN_FILENO : -1};
}

Rejection beyond_its_limits() {
    return {Kind::too_large, "この録画の変換には、許された時間かメモリーが足りません。",
            "The recording needs more time or memory than it may have."};
}

Rejection with_cause(const std::string& cause) {
    auto rejection = reject(Kind::internal);
    rejection.message_en += " (" + cause + ")";
    return rejection;
}

enum class During { probe, work };

/// Why there is no answer.
Rejection why_no_answer(const Ended& ended, During during) {
    switch (ended.how) {
    case Ended::How::out_of_time:
    case Ended::How::out_of_processor:
        return beyond_its_limits();
    case Ended::How::forbidden_call:
        return {
            Kind::damaged, "録画が壊れているか、細工されています。変換を中止しました。",
            "The recording is damaged or was tampered with: it made its decoder try what it may "
            "not."};
    case Ended::How::by_signal:
        if (ended.status == SIGKILL || ended.status == SIGTERM) {
            // Not the recording's doing. Whoever starts the run again goes on from there.
            std::signal(ended.status, SIG_DFL);
            std::raise(ended.status);
        }
        // A decoder that falls over a header does so each time.
        return during == During::probe ? reject(Kind::damaged)
                                       : with_cause("signal " + std::to_string(ended.status));
    case Ended::How::no_longer_wanted:
        std::_Exit(EXIT_FAILURE);
    case Ended::How::by_itself:
        break;
    }
    return with_cause("exit code " + std::to_string(ended.status));
}

/// What `work` gives; what breaks becomes a sentence, for only sentences leave this process.
template <class T> Outcome<T> to_a_sentence(const std::function<Outcome<T>()>& work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return beyond_its_limits();
    } catch (const stages::CannotPass&) {
        return reject(Kind::cannot_pass);
    } catch (const av::Failure& failure) {
        if (failure.code() == AVERROR(ENOSPC) || failure.code() == AVERROR(EDQUOT))
            return reject(Kind::no_space);
        return failure.code() == AVERROR(ENOMEM) ? beyond_its_limits() : with_cause(failure.what());
    } catch (const std::system_error& error) {
        return transcoder::rejection_of(error);
    } catch (const std::exception& failure) {
        return with_cause(failure.what());
    }
}

int tell(int to, std::string_view text) {
    while (!text.empty()) {
        const auto told = ::write(to, text.data(), text.size());
        if (told < 0 && errno != EINTR)
            return EXIT_FAILURE;
        text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(told, 0)));
    }
    return EXIT_SUCCESS;
}

/// Reads what came, or says why nothing did. `T` by `read`.
template <class T>
Outcome<T> outcome_of(const sandbox::Answer& answer, During during,
                      Outcome<T> (*read)(std::string_view)) {
    if (answer.ended != Ended{Ended::How::by_itself, EXIT_SUCCESS})
        return why_no_answer(answer.ended, during);
    return read(answer.text);
}

/// An answer that makes no sense is none.
Outcome<timed_text::Told> told_by(const sandbox::Answer& answer) {
    try {
        return outcome_of(answer, During::work, read_told);
    } catch (const std::runtime_error& error) {
        return with_cause(error.what());
    }
}

} // namespace

Rejection rejection_of(const std::system_error& error) {
    if (error.code() == std::errc::no_space_on_device ||
        error.code() == std::errc::file_too_large || error.code().value() == EDQUOT)
        return reject(Kind::no_space);
    return with_cause(error.what());
}

Outcome<plan::SourceFacts> probe_apart(const av::SourceFile& file, plan::Passthrough passthrough,
                                       Wanted wanted) {
    const auto probe = [&file, passthrough](int answer) {
        const sandbox::Sandbox walls{for_probe(file), {STDERR_FILENO, file.descriptor(), answer}, -1};
        walls.enter();
        const auto facts = [&file, passthrough] { return plan::probe(file, passthrough); };
        return tell(answer, to_text(to_a_sentence<plan::SourceFacts>(facts)));
    };
    const auto wall_clock = std::chrono::minutes(2) + reading_at_most(file, 4 * mebibyte);
    const auto answer = sandbox::ask_apart(watch(wall_clock, wanted), longest_answer, probe);
    return outcome_of(answer, During::probe, read_facts);
}

Outcome<sound::Heard> listen_apart(const av::SourceFile& file, const plan::Plan& plan,
                                   sound::Hearing hearing,
                                   unsigned threads, Wanted wanted) {
    const auto length = length_at_most(file, plan);
    const auto work = [&](int answer) {
        const sandbox::Sandbox walls{
            for_listening(length, threads), {STDERR_FILENO, file.descriptor(), answer}, -1};
        walls.enter();
        const auto heard = [&]() -> Outcome<sound::Heard> {
            return sound::listen(file, plan, hearing, threads);
        };
        return tell(answer, to_text(to_a_sentence<sound::Heard>(heard)));
    };
    const auto wall_clock = std::chrono::minutes(10) + 2 * length;
    const auto answer = sandbox::ask_apart(watch(wall_clock, wanted), longest_answer, work);
    return outcome_of(answer, During::work, read_heard);
}

Outcome<timed_text::Told> write_text_apart(const Workplace& place,
                                           std::chrono::microseconds duration) {
    const auto work = [&](int answer) {
        sandbox::Sandbox walls{
            for_text(place.file), {STDERR_FILENO, place.file.descriptor(), answer}, -1};
        for (const int descriptor : place.folder.descriptors())
            walls.kept.push_back(descriptor);
        walls.folder = place.folder.descriptors().front();
        walls.enter();
        const auto write = [&]() -> Outcome<timed_text::Told> {
            const timed_text::Span span{place.plan.source.origin, duration};
            return timed_text::write(place.file, span, place.folder.path());
        };
        return tell(answer, to_text(to_a_sentence<timed_text::Told>(write)));
    };
    const auto wall_clock = std::chrono::minutes(3) + reading_at_most(place.file, 4 * mebibyte);
    const auto answer = sandbox::ask_apart(watch(wall_clock, place.wanted), longest_answer, work);
    auto told = told_by(answer);
    if (told || told.error().kind == Kind::no_space)
        return told;
    timed_text::clear(place.folder.path());
    timed_text::Told nothing;
    nothing.why_not = "unreadable";
    return nothing;
}

Outcome<void> remux_apart(std::span<const av::OneTrack> tracks, std::span<const av::Piece> pieces,
                          int descriptor) {
    std::uint64_t bytes = 0;
    for (const auto& track : tracks)
        bytes += track.file.size();
    const auto work = [&](int answer) {
        sandbox::Sandbox walls{for_remuxing(bytes), {STDERR_FILENO, descriptor, answer}, -1};
        for (const auto& track : tracks)
            walls.kept.push_back(track.file.descriptor());
        walls.enter();
        const auto remux = [&]() -> Outcome<void> {
            av::remux(tracks, pieces, descriptor);
            return boost::system::in_place_value;
        };
        return tell(answer, to_text(to_a_sentence<void>(remux)));
    };
    const auto wall_clock = std::chrono::minutes(5) + seconds(bytes / mebibyte);
    const auto answer = sandbox::ask_apart(watch(wall_clock, Wanted::always), longest_answer, work);
    return outcome_of(answer, During::work, read_done);
}

namespace {

/// Works on a live recording's folder.
template <class T>
Outcome<T> live_apart(const folder::OutputFolder& folder, Events& events,
                      const std::function<Outcome<T>()>& live,
                      Outcome<T> (*read)(std::string_view)) {
    const auto work = [&](int answer) {
        sandbox::Sandbox walls{
            for_live(), {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, answer}, -1};
        for (const int descriptor : folder.descriptors())
            walls.kept.push_back(descriptor);
        walls.folder = folder.descriptors().front();
        events.contained(walls.enter());
        return tell(answer, to_text(to_a_sentence<T>(live)));
    };
    const auto answer =
        sandbox::ask_apart(watch(longest_live, Wanted::always), longest_answer, work);
    return outcome_of(answer, During::work, read);
}

} // namespace

Outcome<void> record_apart(const folder::OutputFolder& folder, Events& events,
                           const std::function<Outcome<void>()>& work) {
    return live_apart<void>(folder, events, work, read_done);
}

Outcome<Finished> end_apart(const folder::OutputFolder& folder, Events& events,
                            const std::function<Outcome<Finished>()>& work) {
    return live_apart<Finished>(folder, events, work, read_finished);
}

Outcome<Finished> make_apart(const Workplace& place, Events& events,
                             const std::function<Outcome<Finished>()>& make) {
    const auto work = [&](int answer) {
        sandbox::Sandbox walls{for_work(place), {STDOUT_FILENO, STDERR_FILENO, answer}, -1};
        walls.kept.push_back(place.file.descriptor());
        for (const int descriptor : place.folder.descriptors())
            walls.kept.push_back(descriptor);
        walls.folder = place.folder.descriptors().front();
        events.contained(walls.enter());
        return tell(answer, to_text(to_a_sentence<Finished>(make)));
    };
    const auto wall_clock = std::chrono::hours(1) + 24 * length_at_most(place.file, place.plan);
    const auto answer = sandbox::ask_apart(watch(wall_clock, place.wanted), longest_answer, work);
    auto made = outcome_of(answer, During::work, read_finished);
    if (made)
        made->renditions = place.plan.names();
    return made;
}

} // namespace transcoder
