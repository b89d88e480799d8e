#pragma once

namespace catalog::store {

class Connection;

/// What videos leave out of their recordings, and what is known of it: chapters and cues that are not
/// shown, in the recording's time, so that they are there again when more is shown.
void add_clips(Connection& connection);

} // namespace catalog::store
