#include "tests/support/temporary_folder.h"
#include "tests/transcoder/sandbox/stub.h"
#include "transcoder/sandbox/files.h"

#include <catch2/catch.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

namespace {

namespace fs = std::filesystem;
using test::run_hostile;
using test::Told;

/// Who runs the hostile program: the tests' user, or somebody without privileges, who is the same
/// where the tests are not run by root.
enum class Who { user, nobody };

std::string_view to_text(Who who) {
    return who == Who::user ? "the user" : "nobody";
}

/// Somebody listens on a port of the loopback.
class Listener {
  public:
    Listener() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* general = reinterpret_cast<sockaddr*>(&address);
        if (::bind(descriptor_, general, size) != 0 || ::listen(descriptor_, 16) != 0 ||
            ::getsockname(descriptor_, general, &size) != 0)
            throw std::runtime_error("nobody can listen here");
        port_ = ntohs(address.sin_port);
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { ::close(descriptor_); }
    std::string port() const { return std::to_string(port_); }

  private:
    int descriptor_;
    int port_ = 0;
};

/// The folder that a transcoder may write to, and things outside of it.
struct Surroundings {
    Surroundings() {
        fs::create_directory(world / "folder");
        world.write("outside", "secret");
        fs::copy_file(HOSTILE_PROGRAM, world / "set-uid");
        for (const auto* name : {"", "folder", "outside"})
            fs::permissions(world / name, fs::perms::all);
        fs::permissions(world / "set-uid", fs::perms::set_uid | fs::perms::owner_all |
                                               fs::perms::group_exec | fs::perms::others_exec |
                                               fs::perms::others_read);
    }
    std::string path(const char* name) const { return (world / name).string(); }

    Told attempt(Who who, std::vector<std::string> words) const {
        if (who == Who::nobody && ::geteuid() == 0)
            words.insert(words.begin(), "--nobody");
        return run_hostile(words, path("folder"), path("outside"));
    }

    test::TemporaryFolder world;
    Listener listener;
};

/// What an attempt is aimed at.
enum class At {
    nothing,
    outside,
    beside,
    passwords,
    new_file,
    own_file,
    set_uid,
    program,
    port,
    secret
};

struct Case {
    std::string layer;
    std::string attempt;
    At at;
    std::string expected;
};

std::string to_argument(At at, const Surroundings& around) {
    switch (at) {
    case At::nothing:
        return "";
    case At::outside:
        return around.path("outside");
    case At::beside:
        return "../outside";
    case At::passwords:
        return "/etc/passwd";
    case At::new_file:
        return around.path("new");
    case At::own_file:
        return "big";
    case At::set_uid:
        return around.path("set-uid");
    case At::program:
        return HOSTILE_PROGRAM;
    case At::port:
        return around.listener.port();
    case At::secret:
        return "42";
    }
    return "";
}

Told attempt(const Surroundings& around, const Case& tried, const std::string& layer, Who who) {
    return around.attempt(who, {layer, tried.attempt, to_argument(tried.at, around)});
}

/// Why what was seen shows nothing of the layer, or nothing where it does. A signal shows itself:
/// nothing else sends it.
std::string why_not_shown(const Surroundings& around, const Case& tried, Who who,
                          const Told& confined) {
    if (!tried.expected.starts_with("SIG") &&
        attempt(around, tried, "none", who).outcome == tried.expected)
        return "here it ends so unconfined too";
    for (const auto& [name, standing] : confined.layers)
        if (tried.layer.find(name) != std::string::npos &&
            (standing.starts_with("absent") ||
             (tried.attempt == "allocate" && standing.find("memory is not") != std::string::npos)))
            return standing;
    return "";
}

} // namespace

TEST_CASE("each layer alone stops what it is for", "[transcoder]") {
    const auto tried = GENERATE(values<Case>({
        {"descriptors", "use open", At::secret, "refused EBADF"},
        {"network", "connect", At::port, "refused ENETUNREACH"},
        {"privileges", "chroot", At::nothing, "refused EPERM"},
        {"limits", "allocate", At::nothing, "refused ENOMEM"},
        {"limits", "fill", At::own_file, "refused EFBIG"},
        {"limits", "spin", At::nothing, "SIGXCPU"},
        {"limits", "open many", At::nothing, "refused EMFILE"},
        {"files", "read", At::passwords, "refused EACCES"},
        {"files", "read", At::outside, "refused EACCES"},
        {"files", "read", At::beside, "refused EACCES"},
        {"files", "write", At::outside, "refused EACCES"},
        {"files", "write", At::new_file, "refused EACCES"},
        {"files", "execute", At::set_uid, "refused EACCES"},
        {"files", "link", At::passwords, "refused EACCES"},
        {"files", "trace", At::nothing, "refused EPERM"},
        {"calls", "connect", At::port, "refused EPERM"},
        {"calls", "execute", At::set_uid, "SIGSYS"},
        {"calls", "bomb", At::nothing, "refused EPERM"},
        {"calls", "trace", At::nothing, "SIGSYS"},
        {"calls", "signal", At::nothing, "refused EPERM"},
        {"calls", "chroot", At::nothing, "SIGSYS"},
        {"calls", "mount", At::nothing, "SIGSYS"},
        {"calls", "namespaces", At::nothing, "SIGSYS"},
        {"calls", "permit", At::outside, "refused EPERM"},
        {"calls", "truncate", At::outside, "refused EPERM"},
        {"calls", "link", At::passwords, "refused EPERM"},
        {"calls", "raise a limit", At::nothing, "refused EPERM"},
        {"calls", "executable memory", At::nothing, "refused EPERM"},
    }));
    const auto who = GENERATE(Who::user, Who::nobody);
    if (who == Who::nobody && ::geteuid() != 0)
        return; // it was the same user's turn already
    CAPTURE(tried.layer, tried.attempt, to_text(who));
    const Surroundings around;
    const auto confined = attempt(around, tried, tried.layer, who);
    const auto reason = why_not_shown(around, tried, who, confined);
    if (reason.empty())
        CHECK(confined.outcome == tried.expected);
    else
        WARN("not shown: " << tried.layer << " against '" << tried.attempt << "' by "
                           << to_text(who) << ": " << reason);
}

TEST_CASE("without privileges no set-uid program gives any", "[transcoder]") {
    const Surroundings around;
    const Case tried{"privileges", "execute", At::set_uid, "refused EPERM"};
    if (attempt(around, tried, "none", Who::nobody).outcome != "done")
        WARN("not shown: only root can make a program that is set-uid root");
    CHECK(attempt(around, tried, "privileges", Who::nobody).outcome == tried.expected);
}

TEST_CASE("newer kernels' Landlock keeps from cutting files, from the network, from signals",
          "[transcoder]") {
    struct Newer {
        int abi;
        Case tried;
    };
    const auto newer = GENERATE(values<Newer>({
        {3, {"files", "truncate", At::outside, "refused EACCES"}},
        {4, {"files", "connect", At::port, "refused EACCES"}},
        {6, {"files", "signal", At::nothing, "refused EPERM"}},
    }));
    const int abi = transcoder::sandbox::landlock_abi();
    CAPTURE(newer.tried.attempt);
    const Surroundings around;
    REQUIRE(attempt(around, newer.tried, "none", Who::user).outcome == "done");
    const auto confined = attempt(around, newer.tried, "files", Who::user);
    if (abi >= newer.abi)
        CHECK(confined.outcome == newer.tried.expected);
    else
        WARN("not shown: Landlock against '" << newer.tried.attempt << "' needs ABI " << newer.abi
                                             << ", here it is " << abi);
}

TEST_CASE("threads are limited where they are counted by themselves", "[transcoder]") {
    const Surroundings around;
    const Case bomb{"network,limits", "bomb", At::nothing, "refused EAGAIN"};
    const auto confined = attempt(around, bomb, bomb.layer, Who::nobody);
    const auto reason = why_not_shown(around, bomb, Who::nobody, confined);
    if (reason.empty())
        CHECK(confined.outcome == bomb.expected);
    else
        WARN("not shown: limits against a fork bomb: " << reason);
}

TEST_CASE("inside all layers the transcoder's own work goes on", "[transcoder]") {
    const auto who = GENERATE(Who::user, Who::nobody);
    const Surroundings around;
    const auto told = around.attempt(who, {"all", "work"});
    CHECK(told.outcome == "done");
    CHECK(told.layers.size() == 6);
    for (const auto& [layer, standing] : told.layers)
        if (!standing.starts_with("holds"))
            WARN("by " << to_text(who) << ": " << layer << ' ' << standing);
}

TEST_CASE("what a layer came to is told as it is", "[transcoder]") {
    const Surroundings around;
    const auto told = around.attempt(Who::nobody, {"all", "nothing"});
    REQUIRE(told.outcome == "done");
    CHECK(told.layers.at("descriptors").starts_with("holds"));
    CHECK(told.layers.at("privileges").starts_with("holds"));
    const int abi = transcoder::sandbox::landlock_abi();
    CHECK(told.layers.at("files") == (abi > 0 ? "holds Landlock ABI " + std::to_string(abi)
                                              : std::string("absent this kernel has no Landlock")));
}
