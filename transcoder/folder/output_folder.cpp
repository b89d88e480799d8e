#include "transcoder/folder/output_folder.h"

#include "catalog/media/media_folder.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/text_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <set>
#include <system_error>
#include <thread>

namespace transcoder::folder {

namespace {

namespace fs = std::filesystem;

constexpr const char* mark = ".kiroku-transcoder";

/// A server hands its locked folder over as this descriptor.
constexpr int inherited_lock = 3;

/// Whether a file of this name is one that we write.
bool is_made(const fs::path& name) {
    auto plain = name;
    if (plain.extension() == ".new")
        plain = plain.stem();
    constexpr std::array<std::string_view, 8> names{
        mark,     "main.m3u8", "audio.m3u8",   "report.json",
        "stills", "captions",  "chapters.vtt", "waveform.json"};
    if (std::ranges::find(names, plain.string()) != names.end() ||
        catalog::media::is_i_frames_file(plain.string()))
        return true;
    const auto extension = plain.extension();
    return (extension == ".mp4" || extension == ".m3u8") &&
           catalog::media::is_rendition_name(plain.stem().string());
}

/// The names in a folder but the source's.
std::vector<fs::path> names_in(const fs::path& folder, const fs::path& source) {
    std::vector<fs::path> names;
    std::error_code unknown;
    for (const auto& entry : fs::directory_iterator(folder))
        if (!fs::equivalent(entry.path(), source, unknown))
            names.push_back(entry.path().filename());
    return names;
}

void remove_made(const fs::path& folder, const fs::path& source) {
    for (const auto& name : names_in(folder, source))
        if (is_made(name) && name != mark)
            fs::remove_all(folder / name);
    // The mark goes last: as long as it is there, the rest is known to be ours.
    fs::remove(folder / mark);
}

Rejection not_ours() {
    return {Kind::internal, "出力先のフォルダーに、ほかのファイルがあります。空のフォルダーを指定してください。",
            "The output folder holds other files: name an empty one."};
}

Rejection busy() {
    return {Kind::internal, "このフォルダーへの変換は、すでに実行中です。",
            "Another run is already writing to this folder."};
}

Rejection another_recording() {
    return {Kind::internal,
            "出力先のフォルダーには、ほかの録画から作られたものがあります。空のフォルダーを指定してください。",
            "The output folder holds what was made of another recording: name an empty one."};
}

bool is_same_file(int a, int b) {
    struct stat of_a {};
    struct stat of_b {};
    return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 && of_a.st_dev == of_b.st_dev &&
           of_a.st_ino == of_b.st_ino;
}

/// The folder, open and locked, or -1 where another run has it.
int lock(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        throw std::system_error(errno, std::generic_category(), "open the output folder");
    // A server that starts us holds the lock itself, through the descriptor that we inherited.
    if (is_same_file(descriptor, inherited_lock))
        return descriptor;
    // What a run that was just killed had at work takes a moment to be gone.
    constexpr int tries = 20;
    constexpr std::chrono::milliseconds pause{100};
    for (int i = 0; i < tries; ++i) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return descriptor;
        std::this_thread::sleep_for(pause);
    }
    ::close(descriptor);
    return -1;
}

} // namespace

bool is_finished(const fs::path& folder) {
    return fs::exists(folder / "main.m3u8") && !is_unfinished(folder) &&
           catalog::media::check_media_folder(folder).empty();
}

bool is_unfinished(const fs::path& folder) { return fs::exists(folder / mark); }

Outcome<OutputFolder> OutputFolder::take(const fs::path& folder, const fs::path& source,
                                         const std::string& recipe,
                                         const std::vector<std::string>& names, Caller caller) {
    const auto made_by = fs::exists(folder) ? MadeBy::others : MadeBy::us;
    if (made_by == MadeBy::us)
        fs::create_directories(folder);
    else if (!fs::is_directory(folder))
        return not_ours();
    const int locked = lock(folder);
    if (locked < 0)
        return busy();
    OutputFolder taken(fs::canonical(folder), source, locked, made_by);

    const auto left = read_text(taken.path_ / mark);
    const auto present = names_in(taken.path_, source);
    const bool only_made = std::ranges::all_of(present, is_made);
    const auto not_made_for = [&] {
        const auto media = catalog::media::read_media_folder(taken.path_);
        return !media || media->names() != std::set<std::string>(names.begin(), names.end());
    };
    if (!left && is_finished(taken.path_)) {
        if (not_made_for())
            return another_recording();
        taken.state_ = State::finished;
        return taken;
    }
    if (caller == Caller::person && !present.empty() && (!left || !only_made))
        return not_ours();
    taken.recipe_ = recipe;
    if (!left || !left->starts_with(recipe)) {
        remove_made(taken.path_, source);
        replace_file(taken.path_ / mark, recipe);
    } else if (const auto kept = left->substr(recipe.size()); !kept.empty()) {
        taken.kept_ = kept;
    }
    return taken;
}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : path_(std::move(other.path_)), source_(std::move(other.source_)),
      lock_(std::exchange(other.lock_, -1)),
      made_by_(other.made_by_), state_(other.state_), recipe_(std::move(other.recipe_)),
      kept_(std::move(other.kept_)) {}

OutputFolder::~OutputFolder() {
    if (lock_ >= 0)
        ::close(lock_);
}

std::vector<int> OutputFolder::descriptors() const {
    std::vector<int> open{lock_};
    if (lock_ != inherited_lock && is_same_file(lock_, inherited_lock))
        open.push_back(inherited_lock);
    return open;
}

void OutputFolder::keep(const std::string& line) {
    replace_file(path_ / mark, recipe_ + line);
    kept_ = line;
}

void OutputFolder::finish() {
    fs::remove(path_ / mark);
    sync_folder(path_);
    state_ = State::finished;
}

void OutputFolder::remove_all() {
    remove_made(path_, source_);
    if (made_by_ == MadeBy::us)
        fs::remove(path_);
}

void remove_leftovers(const fs::path& folder, const fs::path& source) {
    if (fs::exists(folder / mark))
        remove_made(folder, source);
}

} // namespace transcoder::folder
