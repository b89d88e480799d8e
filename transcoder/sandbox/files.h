#pragma once

#include "transcoder/sandbox/layer.h"

#include <filesystem>

namespace transcoder::sandbox {

/// The Landlock ABI of this kernel, 0 where it has none. 6.1 has 2.
int landlock_abi();

/// From now on no file can be opened, made, moved or removed by name but ordinary files and folders
/// below `folder` (a descriptor; -1: nowhere at all); nothing can be executed. Descriptors that are
/// open stay as they are. From ABI 4 on no TCP either, from 6 on no signals and abstract sockets to
/// those outside. Needs no_new_privs, and sets it. Throws std::system_error.
Standing confine_to(int folder);

/// The same for a program of the system that is about to be started: nothing can be made or changed
/// anywhere, `program` alone (a whole path) be executed, and only what programs are made of be read:
/// libraries, fonts, tables of characters (/usr, /etc/fonts, /etc/ld.so.cache).
Standing confine_to_program(const std::filesystem::path& program);

} // namespace transcoder::sandbox
