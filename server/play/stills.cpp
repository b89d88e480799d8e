#include "server/play/stills.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include <unistd.h>

namespace server::play {

namespace {

using catalog::Clip;
using catalog::Result;
using http::OpenFile;
using http::StoredText;
using std::chrono::milliseconds;

constexpr const char* poster_name = "poster.jpg";
/// Of an index. A day's thumbnails are under a megabyte.
constexpr std::uint64_t largest_text = 8 << 20;

/// Nothing where there is no such file, or none of a size that an index has.
std::optional<std::string> read_text(const OpenFile& folder, const std::string& name) {
    const auto file = OpenFile::find_in(folder, name);
    if (!file || file->size() > largest_text) {
        return std::nullopt;
    }
    std::string text(file->size(), '\0');
    std::size_t read = 0;
    while (read < text.size()) {
        const auto some = ::pread(file->descriptor(), text.data() + read, text.size() - read,
                                  static_cast<off_t>(read));
        if (some < 0) {
            throw std::system_error(errno, std::generic_category(), "read " + name);
        }
        if (some == 0) {
            break;
        }
        read += static_cast<std::size_t>(some);
    }
    text.resize(read);
    return text;
}

/// The items of an index whose pictures are there; none where there is no index, or a broken one.
template <class Item>
std::vector<Item> read_index(const OpenFile& folder, const std::filesystem::path& path,
                             Result<std::vector<Item>> (*parse)(std::string_view)) {
    const auto text = read_text(folder, path.filename());
    if (!text) {
        return {};
    }
    auto items = parse(*text);
    if (!items) {
        spdlog::error("{} is left out: {}", path.string(), items.error().message);
        return {};
    }
    std::set<std::string> missing;
    std::set<std::string> there;
    std::erase_if(*items, [&](const Item& item) {
        if (!there.contains(item.file) && !missing.contains(item.file)) {
            (OpenFile::find_in(folder, item.file) ? there : missing).insert(item.file);
        }
        return missing.contains(item.file);
    });
    return std::move(*items);
}

template <class Item> std::shared_ptr<const StoredText> text_of(const std::vector<Item>& items) {
    return items.empty() ? nullptr : http::store_text(to_text(items));
}

/// Names the pictures of the indexes, and writes these.
void finish(Stills& stills) {
    for (const Thumbnail& thumbnail : stills.thumbnails) {
        stills.pictures.insert(thumbnail.file);
    }
    for (const Slide& slide : stills.slides) {
        stills.pictures.insert(slide.file);
    }
    stills.thumbnails_text = text_of(stills.thumbnails);
    stills.slides_text = text_of(stills.slides);
}

template <class Item> bool holds_some_of(const Item& item, const Clip& clip) {
    return std::ranges::any_of(clip.pieces(), [&item](const catalog::Span& piece) {
        return item.begin < piece.end && item.end > piece.begin;
    });
}

/// In the time of the clip.
template <class Item> Item told_in(Item item, const Clip& clip) {
    item.begin = clip.nearest(item.begin);
    item.end = clip.nearest(item.end);
    return item;
}

std::vector<Thumbnail> cut_thumbnails(const Stills& whole, const Clip& clip) {
    std::set<std::string, std::less<>> files_with_others;
    for (const Thumbnail& thumbnail : whole.thumbnails) {
        if (!holds_some_of(thumbnail, clip)) {
            files_with_others.insert(thumbnail.file);
        }
    }
    std::vector<Thumbnail> cut;
    for (const Thumbnail& thumbnail : whole.thumbnails) {
        if (!files_with_others.contains(thumbnail.file)) {
            cut.push_back(told_in(thumbnail, clip));
        }
    }
    return cut;
}

} // namespace

std::shared_ptr<const Stills> load_stills(const std::filesystem::path& path) {
    auto folder = OpenFile::find_folder(path);
    if (!folder) {
        return nullptr;
    }
    auto stills = std::make_shared<Stills>();
    stills->folder = std::move(folder);
    if (OpenFile::find_in(*stills->folder, poster_name)) {
        stills->poster = poster_name;
        stills->pictures.insert(poster_name);
    }
    stills->thumbnails = read_index(*stills->folder, path / "thumbnails.vtt", parse_thumbnails);
    stills->slides = read_index(*stills->folder, path / "slides.json", parse_slides);
    if (auto show = load_presentation(path, nullptr); show && show->ended) {
        stills->show = std::move(show);
    }
    finish(*stills);
    return stills;
}

std::shared_ptr<const Stills> cut_to(const Stills& whole, const Clip& clip) {
    auto part = std::make_shared<Stills>();
    part->folder = whole.folder;
    part->thumbnails = cut_thumbnails(whole, clip);
    for (const Slide& slide : whole.slides) {
        if (holds_some_of(slide, clip)) {
            part->slides.push_back(told_in(slide, clip));
        }
    }
    if (!part->slides.empty()) {
        part->poster = part->slides.front().file;
    }
    if (whole.show) {
        part->show = cut_to(*whole.show, clip);
    }
    finish(*part);
    return part;
}

} // namespace server::play
