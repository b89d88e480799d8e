#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace catalog::store::backup {

/// How much was read of a file, and what it was.
struct FileSum {
    std::uint64_t bytes = 0;
    std::string sha256;  ///< 64 hexadecimal digits

    friend bool operator==(const FileSum&, const FileSum&) = default;
};

/// What a file was at one moment.
struct FileState {
    std::uint64_t bytes = 0;
    /// Nanoseconds since 1970; 0 where it changed so lately that a further change might not show.
    std::int64_t modified_ns = 0;
    unsigned mode = 0;  ///< its permissions

    friend bool operator==(const FileState&, const FileState&) = default;
};

struct CopiedFile {
    FileState state;  ///< of the original when it was opened
    FileSum sum;      ///< of the copy
};

/// Nothing where it is not there, or is no regular file.
std::optional<FileState> state_of(const std::filesystem::path& file);

/// Copies as many bytes as `from` has when it is opened (a file that grows goes on without us) into
/// `to`, which is made anew, readable by its owner alone. Nothing where `from` is not there. Throws
/// std::runtime_error with a sentence for people where there is no room for `to`.
std::optional<CopiedFile> take_copy(const std::filesystem::path& from,
                                    const std::filesystem::path& to);

/// Reads a whole file; from the disk, not from memory, what was synced before.
FileSum sum_of(const std::filesystem::path& file);

/// The SHA-256 of a text: 64 hexadecimal digits.
std::string sum_of_text(std::string_view text);

/// Writes a small file whole and durable, or leaves what was there: by another name, and a rename.
void write_durably(const std::filesystem::path& file, const std::string& text);

/// Everything written to the file system that holds `folder` is durable when it returns.
void sync_file_system(const std::filesystem::path& folder);

/// Sets the permissions of what is ours. Disks that are carried about know none: there nothing is done.
void set_mode(const std::filesystem::path& file, unsigned mode);

/// Gives a copy the time and the permissions of its original.
void dress(const std::filesystem::path& file, const FileState& state);

} // namespace catalog::store::backup
