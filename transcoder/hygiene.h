#pragma once

namespace transcoder {

/// What a process that decodes strangers' files gives up before it opens one: new privileges, core
/// files, memory and files without end. Throws std::system_error.
void confine();

/// For a run that a server started: ends with it. The kernel kills this process when the thread that
/// started it ends; a stop at any point is what runs go on from.
void follow_parent();

} // namespace transcoder
