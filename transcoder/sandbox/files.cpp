#include "transcoder/sandbox/files.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <functional>
#include <system_error>

namespace transcoder::sandbox {

namespace {

/// As newer kernels know it. An older one is told of its beginning only.
struct Ruleset {
    std::uint64_t files;
    std::uint64_t network; ///< ABI 4
    std::uint64_t scoped;  ///< ABI 6
};

// What Debian 12's header does not name yet (Linux, include/uapi/linux/landlock.h).
constexpr std::uint64_t access_truncate = 1U << 14;
constexpr std::uint64_t access_ioctl_dev = 1U << 15;
constexpr std::uint64_t access_bind_tcp = 1U << 0;
constexpr std::uint64_t access_connect_tcp = 1U << 1;
constexpr std::uint64_t scope_abstract_unix_socket = 1U << 0;
constexpr std::uint64_t scope_signal = 1U << 1;

constexpr std::uint64_t known_to_abi_1 = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

constexpr std::uint64_t allowed_in_folder =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
    LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
    LANDLOCK_ACCESS_FS_REMOVE_DIR | access_truncate;

Ruleset ruleset_of(int abi) {
    Ruleset rules{known_to_abi_1, 0, 0};
    if (abi >= 2)
        rules.files |= LANDLOCK_ACCESS_FS_REFER;
    if (abi >= 3)
        rules.files |= access_truncate;
    if (abi >= 4)
        rules.network = access_bind_tcp | access_connect_tcp;
    if (abi >= 5)
        rules.files |= access_ioctl_dev;
    if (abi >= 6)
        rules.scoped = scope_abstract_unix_socket | scope_signal;
    return rules;
}

std::size_t size_known_to(int abi) {
    if (abi >= 6)
        return sizeof(Ruleset);
    return abi >= 4 ? offsetof(Ruleset, scoped) : offsetof(Ruleset, network);
}

long check(long result, const char* doing) {
    if (result < 0)
        throw std::system_error(errno, std::generic_category(), doing);
    return result;
}

constexpr std::uint64_t read_only = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/// Rules that are being written.
class Rules {
  public:
    explicit Rules(int abi) : known_(ruleset_of(abi)) {
        descriptor_ = static_cast<int>(check(
            ::syscall(SYS_landlock_create_ruleset, &known_, size_known_to(abi), 0),
            "make a set of Landlock rules"));
    }
    Rules(const Rules&) = delete;
    Rules& operator=(const Rules&) = delete;
    ~Rules() { ::close(descriptor_); }

    void allow(std::uint64_t access, int beneath) const {
        const landlock_path_beneath_attr rule{access & known_.files, beneath};
        check(::syscall(SYS_landlock_add_rule, descriptor_, LANDLOCK_RULE_PATH_BENEATH, &rule, 0),
              "allow a folder or file");
    }

    /// Of what is not there nothing needs to be allowed.
    void allow(std::uint64_t access, const std::filesystem::path& beneath) const {
        const int opened = ::open(beneath.c_str(), O_PATH | O_CLOEXEC);
        if (opened < 0)
            return;
        allow(access, opened);
        ::close(opened);
    }

    void enter() const {
        check(::syscall(SYS_landlock_restrict_self, descriptor_, 0), "enter the Landlock rules");
    }

  private:
    Ruleset known_;
    int descriptor_ = -1;
};

Standing enter_rules(const std::function<void(const Rules&)>& allow) {
    const int abi = landlock_abi();
    if (abi == 0)
        return {Layer::files, Standing::State::absent, "this kernel has no Landlock"};
    check(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "refuse new privileges");
    const Rules rules(abi);
    allow(rules);
    rules.enter();
    return {Layer::files, Standing::State::holds, "Landlock ABI " + std::to_string(abi)};
}

} // namespace

int landlock_abi() {
    const auto abi =
        ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : static_cast<int>(abi);
}

Standing confine_to(int folder) {
    const auto allow = [folder](const Rules& rules) {
        if (folder >= 0)
            rules.allow(allowed_in_folder, folder);
    };
    return enter_rules(allow);
}

Standing confine_to_program(const std::filesystem::path& program) {
    const auto allow = [&program](const Rules& rules) {
        for (const char* each : {"/usr", "/etc/fonts"})
            rules.allow(read_only, std::filesystem::path(each));
        rules.allow(LANDLOCK_ACCESS_FS_READ_FILE, std::filesystem::path("/etc/ld.so.cache"));
        rules.allow(LANDLOCK_ACCESS_FS_READ_FILE, std::filesystem::path("/dev/null"));
        rules.allow(LANDLOCK_ACCESS_FS_EXECUTE, program);
        // The loader that the kernel starts it with lies among the libraries.
        for (const char* each : {"/usr/lib", "/usr/lib64", "/lib", "/lib64"})
            rules.allow(read_only | LANDLOCK_ACCESS_FS_EXECUTE, std::filesystem::path(each));
    };
    return enter_rules(allow);
}

} // namespace transcoder::sandbox
