#include "catalog/store/backup/file_copy.h"

#include <openssl/evp.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <memory>
#include <span>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace catalog::store::backup {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = std::size_t{1} << 20;
constexpr std::int64_t second_ns = 1'000'000'000;

[[noreturn]] void throw_failure(int reason, const std::string& tried, const fs::path& file) {
    if (reason == ENOSPC || reason == EDQUOT) {
        throw std::runtime_error("There is no room left for " + file.string() + ".");
    }
    throw std::system_error(reason, std::generic_category(), tried + " " + file.string());
}

/// An open file that is closed when it goes.
class OpenFile {
  public:
    OpenFile(const fs::path& file, int flags) : file_(file) {
        constexpr mode_t owner_only = 0600;
        descriptor_ = ::open(file.c_str(), flags | O_CLOEXEC, owner_only);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    bool is_open() const { return descriptor_ >= 0; }
    int number() const { return descriptor_; }
    const fs::path& file() const { return file_; }

    /// Nothing went wrong so far; `tried` says what was done.
    void require(bool went_well, const std::string& tried) const {
        if (!went_well) {
            throw_failure(errno, tried, file_);
        }
    }

    /// How many bytes were read; 0 at the end.
    std::size_t read(std::span<char> into) const {
        for (;;) {
            const auto got = ::read(descriptor_, into.data(), into.size());
            if (got >= 0) {
                return static_cast<std::size_t>(got);
            }
            require(errno == EINTR, "cannot read");
        }
    }

    void write(std::span<const char> bytes) const {
        while (!bytes.empty()) {
            const auto put = ::write(descriptor_, bytes.data(), bytes.size());
            if (put < 0) {
                require(errno == EINTR, "cannot write");
                continue;
            }
            bytes = bytes.subspan(static_cast<std::size_t>(put));
        }
    }

  private:
    fs::path file_;
    int descriptor_ = -1;
};

/// A SHA-256 in the making.
class Sum {
  public:
    Sum() : context_(EVP_MD_CTX_new()) {
        require(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
    }

    void add(std::span<const char> bytes) {
        require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
        bytes_ += bytes.size();
    }

    /// Once.
    FileSum taken() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        require(EVP_DigestFinal_ex(context_.get(), digest.data(), &size));
        constexpr std::string_view digits = "0123456789abcdef";
        FileSum sum{bytes_, {}};
        for (const unsigned char byte : std::span(digest).first(size)) {
            sum.sha256 += digits[byte >> 4U];
            sum.sha256 += digits[byte & 15U];
        }
        return sum;
    }

  private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    };

    static void require(int done) {
        if (done != 1) {
            throw std::runtime_error("a SHA-256 cannot be computed on this machine");
        }
    }

    std::unique_ptr<EVP_MD_CTX, Free> context_;
    std::uint64_t bytes_ = 0;
};

FileState as_state(const struct stat& about) {
    constexpr unsigned permissions = 0777;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    const auto modified = about.st_mtim.tv_sec * second_ns + about.st_mtim.tv_nsec;
    // File systems' clocks stand still for some milliseconds, some for two seconds.
    const bool is_fresh = modified > (now.tv_sec - 2) * second_ns + now.tv_nsec;
    return {static_cast<std::uint64_t>(about.st_size), is_fresh ? 0 : modified,
            about.st_mode & permissions};
}

} // namespace

std::optional<FileState> state_of(const fs::path& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::nullopt;
        }
        throw_failure(errno, "cannot look at", file);
    }
    return S_ISREG(about.st_mode) ? std::optional(as_state(about)) : std::nullopt;
}

std::optional<CopiedFile> take_copy(const fs::path& from, const fs::path& to) {
    const OpenFile original(from, O_RDONLY);
    if (!original.is_open() && errno == ENOENT) {
        return std::nullopt;
    }
    original.require(original.is_open(), "cannot open");
    struct stat about {};
    original.require(::fstat(original.number(), &about) == 0, "cannot look at");
    const OpenFile copy(to, O_WRONLY | O_CREAT | O_TRUNC);
    copy.require(copy.is_open(), "cannot make");
    CopiedFile copied{as_state(about), {}};
    Sum sum;
    std::vector<char> piece(piece_bytes);
    for (std::uint64_t left = copied.state.bytes; left > 0;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size()));
        const auto got = std::span(piece).first(original.read(std::span(piece).first(wanted)));
        if (got.empty()) {
            break; // it was cut meanwhile
        }
        copy.write(got);
        sum.add(got);
        left -= got.size();
    }
    copied.sum = sum.taken();
    return copied;
}

FileSum sum_of(const fs::path& file) {
    const OpenFile opened(file, O_RDONLY);
    opened.require(opened.is_open(), "cannot open");
    ::posix_fadvise(opened.number(), 0, 0, POSIX_FADV_DONTNEED);
    ::posix_fadvise(opened.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
    Sum sum;
    std::vector<char> piece(piece_bytes);
    while (const auto got = opened.read(piece)) {
        sum.add(std::span(piece).first(got));
    }
    return sum.taken();
}

std::string sum_of_text(std::string_view text) {
    Sum sum;
    sum.add(text);
    return sum.taken().sha256;
}

void write_durably(const fs::path& file, const std::string& text) {
    const fs::path fresh = file.string() + ".new";
    {
        const OpenFile opened(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        opened.require(opened.is_open(), "cannot make");
        opened.write(text);
        opened.require(::fsync(opened.number()) == 0, "cannot sync");
    }
    fs::rename(fresh, file);
    const OpenFile folder(file.parent_path(), O_RDONLY | O_DIRECTORY);
    folder.require(folder.is_open(), "cannot open");
    // Some file systems over a network have no such thing.
    folder.require(::fsync(folder.number()) == 0 || errno == EINVAL, "cannot sync");
}

void sync_file_system(const fs::path& folder) {
    const OpenFile opened(folder, O_RDONLY | O_DIRECTORY);
    opened.require(opened.is_open() && ::syncfs(opened.number()) == 0, "cannot sync");
}

void set_mode(const fs::path& file, unsigned mode) {
    if (::chmod(file.c_str(), mode) != 0 && errno != EPERM && errno != EOPNOTSUPP) {
        throw_failure(errno, "cannot set the permissions of", file);
    }
}

void dress(const fs::path& file, const FileState& state) {
    set_mode(file, state.mode);
    if (state.modified_ns == 0) {
        return;
    }
    const timespec modified{state.modified_ns / second_ns, state.modified_ns % second_ns};
    const std::array<timespec, 2> times{modified, modified};
    if (::utimensat(AT_FDCWD, file.c_str(), times.data(), 0) != 0) {
        throw_failure(errno, "cannot date", file);
    }
}

} // namespace catalog::store::backup
