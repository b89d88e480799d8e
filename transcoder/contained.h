#pragma once

#include "transcoder/av/remuxer.h"
#include "transcoder/av/source_file.h"
#include "transcoder/events.h"
#include "transcoder/folder/output_folder.h"
#include "transcoder/plan/plan.h"
#include "transcoder/plan/probe.h"
#include "transcoder/rejection.h"
#include "transcoder/sound/listener.h"

#include <functional>
#include <span>

namespace transcoder {

// All that reads a source's bytes runs in a process apart, inside the sandbox. This one, which
// takes the folder and tells how it ended, never lets libav see a byte.

/// Whether the run ends when standard input closes.
enum class Wanted { always, while_input_is_open };

/// What `plan::probe` gives, from a process that may use next to nothing and opens no file.
/// Rejects what it could not live through. Does not return where nobody wants the run any more or
/// the process was killed from outside: then this one ends likewise, and the folder is as it was.
Outcome<plan::SourceFacts> probe_apart(const av::SourceFile& file, plan::Passthrough passthrough,
                                       Wanted wanted);

/// What `sound::listen` gives, likewise: it reads the source and opens no file.
Outcome<sound::Heard> listen_apart(const av::SourceFile& file, const plan::Plan& plan,
                                   sound::Hearing hearing,
                                   unsigned threads, Wanted wanted);

/// What a run of a plan is made with.
struct Workplace {
    const av::SourceFile& file;
    const folder::OutputFolder& folder;
    const plan::Plan& plan;
    unsigned threads = 1;
    Wanted wanted = Wanted::always;
};

/// What `make` gives, from a process that may write to the folder and nowhere else, and whose time
/// and memory go by the length of the recording. It tells which layers hold, then what happens.
/// Otherwise as `probe_apart`.
Outcome<Finished> make_apart(const Workplace& place, Events& events,
                             const std::function<Outcome<Finished>()>& make);

/// What `timed_text::write` gives for a recording that came out so long, likewise. The recording does
/// not depend on it: what a process could not live through or make sense of is not there, and told as
/// unreadable. Rejects only what the disk does not take.
Outcome<timed_text::Told> write_text_apart(const Workplace& place,
                                           std::chrono::microseconds duration);

/// `av::remux`, by a process that reads the tracks' files, writes to `descriptor` and opens no file.
Outcome<void> remux_apart(std::span<const av::OneTrack> tracks, std::span<const av::Piece> pieces,
                          int descriptor);

/// What `work` gives, from a process that may write to the folder and nowhere else and reads standard
/// input, as long as somebody publishes there; then what ends a live recording, from one that may
/// read the folder too. They tell which layers hold, then what happens.
Outcome<void> record_apart(const folder::OutputFolder& folder, Events& events,
                           const std::function<Outcome<void>()>& work);
Outcome<Finished> end_apart(const folder::OutputFolder& folder, Events& events,
                            const std::function<Outcome<Finished>()>& work);

/// The sentence for what the system said.
Rejection rejection_of(const std::system_error& error);

} // namespace transcoder
