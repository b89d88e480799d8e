#pragma once

#include "transcoder/events.h"
#include "transcoder/plan/facts.h"
#include "transcoder/rejection.h"
#include "transcoder/sound/heard.h"
#include "transcoder/timed_text/told.h"

#include <string>
#include <string_view>

namespace transcoder {

// What a process that has looked at hostile input tells the one that has not, as one line of JSON.

std::string to_text(const Outcome<plan::SourceFacts>& facts);
std::string to_text(const Outcome<sound::Heard>& heard);
std::string to_text(const Outcome<Finished>& finished);
std::string to_text(const Outcome<timed_text::Told>& told);
std::string to_text(const Outcome<void>& done);

/// Throws std::runtime_error where the text is no such answer, or a value in it is out of the range
/// that any recording we take has: whoever wrote it may have been taken over.
Outcome<plan::SourceFacts> read_facts(std::string_view text);
/// As `read_facts`.
Outcome<sound::Heard> read_heard(std::string_view text);
/// As `read_facts`. The renditions are not told: the plan knows them.
Outcome<Finished> read_finished(std::string_view text);
/// As `read_facts`.
Outcome<timed_text::Told> read_told(std::string_view text);
/// As `read_facts`.
Outcome<void> read_done(std::string_view text);

} // namespace transcoder
