#include "transcoder/download.h"

#include "catalog/media/media_folder.h"
#include "transcoder/contained.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/output_folder.h"
#include "transcoder/plan/language.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace transcoder {

namespace {

namespace fs = std::filesystem;
using catalog::media::MultivariantPlaylist;
using catalog::media::Variant;

Rejection refused(std::string japanese, std::string english) {
    return {Kind::internal, std::move(japanese), std::move(english)};
}

/// A rendition of a folder, and its language where it is sound.
struct Chosen {
    std::string name;
    std::string language;
};

/// What goes into the file.
struct Contents {
    std::vector<Chosen> tracks;
    std::vector<av::Piece> pieces;  ///< none: all of them
};

std::int64_t pixels(const Variant& variant) {
    return variant.picture ? std::int64_t{variant.picture->width} * variant.picture->height : 0;
}

/// Of those of the same size the last one has most frames.
const Variant& largest(const std::vector<Variant>& variants) {
    const auto is_smaller = [](const Variant& a, const Variant& b) { return pixels(a) <= pixels(b); };
    return *std::max_element(variants.begin(), variants.end(), is_smaller);
}

/// The tracks of the file; none where the folder has no such rendition.
std::vector<Chosen> chosen(const MultivariantPlaylist& main, const std::string& rendition) {
    std::vector<Chosen> sound;
    for (const auto& audio : main.audio)
        sound.push_back({audio.rendition, plan::three_letters(audio.language)});
    if (!sound.empty())
        sound.resize(1);
    if (!sound.empty() && rendition == sound.front().name)
        return sound;
    const Variant* variant = rendition.empty() ? &largest(main.variants) : nullptr;
    for (const auto& each : main.variants)
        if (each.rendition == rendition)
            variant = &each;
    if (variant == nullptr)
        return {};
    sound.insert(sound.begin(), {variant->rendition, ""});
    return sound;
}

/// What of the pieces lies in a recording that is so long. What ends with it loses no last packet.
std::vector<av::Piece> within(const std::vector<catalog::Span>& wanted, std::chrono::microseconds whole) {
    constexpr std::chrono::seconds behind_all{10};
    // An end that is open cannot be counted in microseconds.
    const auto last = std::chrono::ceil<std::chrono::milliseconds>(whole);
    std::vector<av::Piece> pieces;
    for (const auto& [begin, end] : wanted)
        if (begin < last)
            pieces.push_back({begin, end < last ? std::chrono::microseconds(end) : whole + behind_all});
    return pieces;
}

Outcome<Contents> contents_of(const Download& wanted) {
    if (!fs::exists(wanted.folder / "main.m3u8") && !folder::is_unfinished(wanted.folder))
        return refused("このフォルダーには、変換した録画がありません。",
                       "The folder holds no recording that was made.");
    const auto media = catalog::media::read_media_folder(wanted.folder);
    if (!media || !folder::is_finished(wanted.folder))
        return refused("このフォルダーの変換は、まだ終わっていません。",
                       "The folder is not finished: nothing can be taken from it yet.");
    Contents contents{chosen(media->main, wanted.rendition), within(wanted.pieces, media->duration())};
    if (contents.tracks.empty())
        return refused("このフォルダーには、「" + wanted.rendition + "」がありません。",
                       "The folder has no rendition \"" + wanted.rendition + "\".");
    if (contents.pieces.empty() && !wanted.pieces.empty())
        return refused("指定した範囲に、録画がありません。", "The recording has nothing in that span.");
    return contents;
}

/// The file under another name until it is whole; without that it goes.
class FreshFile {
  public:
    static Outcome<FreshFile> open(const fs::path& path) {
        auto fresh = path;
        fresh += ".new";
        constexpr mode_t for_all_to_read = 0644;
        const int descriptor =
            ::open(fresh.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, for_all_to_read);
        if (descriptor < 0) {
            const auto why = std::generic_category().message(errno);
            return refused("出力先のファイルを作れません。",
                           "The file cannot be made there: " + why + ".");
        }
        // What is locked is being written by another.
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            ::close(descriptor);
            return refused("このファイルは、すでに作成中です。", "Another run is already making this file.");
        }
        FreshFile file(path, fresh, descriptor);
        if (::ftruncate(descriptor, 0) != 0)
            throw std::system_error(errno, std::generic_category(), "empty the file");
        return file;
    }
    FreshFile(FreshFile&& other) noexcept
        : path_(std::move(other.path_)), fresh_(std::move(other.fresh_)),
          descriptor_(std::exchange(other.descriptor_, -1)) {}
    FreshFile& operator=(FreshFile&&) = delete;
    ~FreshFile() {
        if (descriptor_ < 0)
            return;
        ::unlink(fresh_.c_str());
        ::close(descriptor_);
    }

    int descriptor() const { return descriptor_; }

    void finish() {
        if (::fsync(descriptor_) != 0)
            throw std::system_error(errno, std::generic_category(), "sync");
        fs::rename(fresh_, path_);
        ::close(std::exchange(descriptor_, -1));
        folder::sync_folder(fs::absolute(path_).parent_path());
    }

  private:
    FreshFile(fs::path path, fs::path fresh, int descriptor)
        : path_(std::move(path)), fresh_(std::move(fresh)), descriptor_(descriptor) {}

    fs::path path_;
    fs::path fresh_;
    int descriptor_;
};

Outcome<void> make(const Download& wanted) {
    const auto contents = contents_of(wanted);
    if (!contents)
        return contents.error();
    if (fs::exists(fs::symlink_status(wanted.out)))
        return refused("出力先に、すでにファイルがあります。", "There is a file of that name already.");
    std::vector<av::SourceFile> files;
    for (const auto& track : contents->tracks)
        files.push_back(av::SourceFile::open(wanted.folder / (track.name + ".mp4")));
    std::vector<av::OneTrack> tracks;
    for (std::size_t i = 0; i < files.size(); ++i)
        tracks.push_back({files[i], contents->tracks[i].language});
    auto fresh = FreshFile::open(wanted.out);
    if (!fresh)
        return fresh.error();
    auto made = remux_apart(tracks, contents->pieces, fresh->descriptor());
    if (made)
        fresh->finish();
    return made;
}

} // namespace

Outcome<void> download(const Download& wanted) {
    try {
        return make(wanted);
    } catch (const std::system_error& error) {
        return rejection_of(error);
    }
}

} // namespace transcoder
