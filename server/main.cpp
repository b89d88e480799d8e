#include "server/commands/command_line.h"

int main(int argc, char** argv) { return server::commands::run(argc, argv); }
