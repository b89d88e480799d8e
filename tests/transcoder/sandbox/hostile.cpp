// What somebody would try who has taken the transcoder over through a hostile recording.
//
//     hostile [--nobody] LAYERS ATTEMPT [ARGUMENT]
//
// Enters the layers (names with commas between, "none", "all"; the folder is the working
// directory), tells on standard output what each came to, makes the attempt, and ends with "done",
// or with "refused" and why.
#include "transcoder/sandbox/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <functional>
#include <iostream>
#include <map>
#include <sched.h>
#include <string>
#include <thread>
#include <vector>

namespace {

using transcoder::sandbox::Layer;
using transcoder::sandbox::Sandbox;

constexpr std::int64_t ten_gigabytes = 10'000'000'000;

/// Another process of the same user, outside of all layers. It ends with this one, which a death
/// signal would not do: Landlock keeps it inside.
pid_t bystander() {
    static const pid_t process = [] {
        std::array<int, 2> alive{};
        if (::pipe2(alive.data(), O_CLOEXEC) != 0)
            return -1;
        const auto child = ::fork();
        if (child == 0) {
            ::close_range(0, static_cast<unsigned>(alive[0]) - 1, 0);
            ::close(alive[1]);
            char byte = 0;
            [[maybe_unused]] const auto ended = ::read(alive[0], &byte, 1);
            ::_exit(0);
        }
        ::close(alive[0]);
        return child;
    }();
    return process;
}

/// Nothing where the attempt came through, else why not.
using Attempt = std::function<std::string(const std::string& argument)>;

std::string unless(bool done) {
    return done ? "" : strerrorname_np(errno);
}

std::string open_for_reading(const std::string& path) {
    return unless(::open(path.c_str(), O_RDONLY) >= 0);
}

std::string open_for_writing(const std::string& path) {
    return unless(::open(path.c_str(), O_WRONLY | O_CREAT, 0644) >= 0);
}

std::string connect_to(const std::string& port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    if (descriptor < 0)
        return unless(false);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return unless(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) ==
                  0);
}

std::string execute(const std::string& program) {
    std::string name = program;
    std::string layers = "none";
    std::string attempt = "be root";
    std::array<char*, 4> words{name.data(), layers.data(), attempt.data(), nullptr};
    std::cout.flush();
    ::execv(program.c_str(), words.data());
    return unless(false);
}

std::string bomb(const std::string&) {
    constexpr std::size_t many = 200;
    std::vector<pid_t> children;
    std::cout.flush();
    while (children.size() < many) {
        const auto child = ::fork();
        if (child == 0) {
            ::pause();
            ::_exit(0);
        }
        if (child < 0)
            break;
        children.push_back(child);
    }
    const auto result = unless(children.size() == many);
    for (const auto child : children) {
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    return result;
}

std::string allocate(const std::string&) {
    return unless(::mmap(nullptr, ten_gigabytes, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) != MAP_FAILED);
}

std::string fill(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT, 0644);
    return unless(::pwrite(descriptor, "x", 1, ten_gigabytes) == 1);
}

std::string spin(const std::string&) {
    timespec used{};
    while (used.tv_sec == 0 || used.tv_nsec < 200'000'000)
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return "";
}

std::string open_many(const std::string&) {
    for (int i = 0; i < 500; ++i)
        if (::dup(STDOUT_FILENO) < 0)
            return unless(false);
    return "";
}

std::string use_open(const std::string& descriptor) {
    char byte = 0;
    return unless(::pread(std::stoi(descriptor), &byte, 1, 0) == 1);
}

const std::map<std::string, Attempt> attempts{
    {"nothing", [](auto&) { return std::string(); }},
    {"read", open_for_reading},
    {"write", open_for_writing},
    {"connect", connect_to},
    {"execute", execute},
    {"bomb", bomb},
    {"allocate", allocate},
    {"fill", fill},
    {"spin", spin},
    {"open many", open_many},
    {"use open", use_open},
    {"raise a limit",
     [](auto&) {
         rlimit limit{};
         ::getrlimit(RLIMIT_NOFILE, &limit);
         limit.rlim_cur = limit.rlim_max;
         return unless(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
     }},
    {"trace",
     [](auto&) { return unless(::ptrace(PTRACE_SEIZE, bystander(), nullptr, nullptr) == 0); }},
    {"signal", [](auto&) { return unless(::kill(bystander(), SIGCONT) == 0); }},
    {"chroot", [](auto&) { return unless(::chroot("/") == 0); }},
    {"mount",
     [](auto&) {
         return unless(::mount("none", ".", "tmpfs", 0, nullptr) == 0 && ::umount(".") == 0);
     }},
    {"namespaces", [](auto&) { return unless(::unshare(CLONE_NEWUSER) == 0); }},
    {"permit", [](auto& path) { return unless(::chmod(path.c_str(), 0666) == 0); }},
    {"truncate", [](auto& path) { return unless(::truncate(path.c_str(), 1) == 0); }},
    {"link", [](auto& path) { return unless(::symlink(path.c_str(), "link") == 0); }},
    {"executable memory",
     [](auto&) {
         return unless(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
     }},
    {"be root", [](auto&) { return std::string(::geteuid() == 0 ? "" : "EPERM"); }},
    // No attempt: what honest work does must go on.
    {"work",
     [](auto&) {
         const int file = ::open("v.mp4.new", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
         bool done = ::write(file, "abc", 3) == 3 && ::ftruncate(file, 2) == 0 &&
                     ::fdatasync(file) == 0 && ::close(file) == 0 &&
                     ::rename("v.mp4.new", "v.mp4") == 0;
         const int folder = ::open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
         done = done && ::fsync(folder) == 0 && ::mkdir("slides", 0755) == 0 &&
                ::rmdir("slides") == 0 && ::unlink("v.mp4") == 0;
         const auto result = unless(done);
         std::vector<std::string> made(4);
         {
             std::vector<std::jthread> threads;
             for (auto& text : made)
                 threads.emplace_back([&text] { text = std::string(100'000, 'x'); });
         }
         return result;
     }},
};

std::set<Layer> layers_named(const std::string& names) {
    if (names == "all")
        return transcoder::sandbox::all_layers;
    std::set<Layer> layers;
    for (const auto layer : transcoder::sandbox::all_layers)
        if ((',' + names + ',').find(',' + std::string(to_text(layer)) + ',') != std::string::npos)
            layers.insert(layer);
    return layers;
}

void become_nobody() {
    constexpr unsigned nobody = 65534;
    if (::setgroups(0, nullptr) != 0 || ::setresgid(nobody, nobody, nobody) != 0 ||
        ::setresuid(nobody, nobody, nobody) != 0)
        throw std::system_error(errno, std::generic_category(), "become nobody");
    // As if it had been nobody's from the start: what changes its user belongs to root.
    ::prctl(PR_SET_DUMPABLE, 1);
}

} // namespace

int main(int count, char** words) {
    std::vector<std::string> arguments(words + 1, words + count);
    if (!arguments.empty() && arguments.front() == "--nobody") {
        become_nobody();
        arguments.erase(arguments.begin());
    }
    if (arguments.size() < 2 || !attempts.contains(arguments[1]))
        return 2;
    if (arguments[1] == "trace" || arguments[1] == "signal")
        bystander();
    const int folder = ::open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const Sandbox sandbox{
        .limits = {.memory_bytes = 256U << 20,
                   .processor = std::chrono::seconds(1),
                   .file_bytes = 1U << 20,
                   .descriptors = 64,
                   .threads = 32},
        .kept = {STDOUT_FILENO, STDERR_FILENO, folder},
        .folder = folder,
    };
    for (const auto& standing : sandbox.enter(layers_named(arguments[0])))
        std::cout << to_text(standing.layer) << ' ' << to_text(standing.state) << ' '
                  << standing.detail << '\n';
    std::cout.flush();
    const auto refused = attempts.at(arguments[1])(arguments.size() > 2 ? arguments[2] : "");
    std::cout << (refused.empty() ? "done" : "refused " + refused) << std::endl;
    // What a sanitizer looks for at the end, it finds outside of the layers only.
    ::_exit(0);
}
