#pragma once

namespace server::commands {

/// Does what the command line says. Gives the exit code: 0, 1 where it could not be done (a
/// sentence on standard error says why), 2 where the command line itself is wrong.
int run(int argc, const char* const* argv);

} // namespace server::commands
