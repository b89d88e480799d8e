#include "transcoder/sandbox/privileges.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace transcoder::sandbox {

namespace {

bool is_in_somebody_elses(int folder) {
    struct stat status {};
    return folder >= 0 && ::fstat(folder, &status) == 0 && status.st_uid != ::geteuid();
}

} // namespace

Standing give_up_privileges(int folder) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        throw std::system_error(errno, std::generic_category(), "refuse new privileges");
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    if (::syscall(SYS_capget, &header, sets.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "read the capabilities");
    const auto kept =
        is_in_somebody_elses(folder) ? sets[0].permitted & (1U << CAP_DAC_OVERRIDE) : 0U;
    sets = {};
    sets[0].permitted = sets[0].effective = kept;
    if (::syscall(SYS_capset, &header, sets.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "give up the capabilities");
    return {Layer::privileges, kept == 0 ? Standing::State::holds : Standing::State::partly,
            kept == 0 ? "no_new_privs, no capabilities"
                      : "no_new_privs, CAP_DAC_OVERRIDE for the folder"};
}

} // namespace transcoder::sandbox
