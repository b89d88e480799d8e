#include "server/play/stills.h"

#include "catalog/media/served_playlist.h"
#include "catalog/media/withdrawal.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <optional>

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
    return file ? file->text(largest_text) : std::nullopt;
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

/// A small picture is the first key picture at its time or behind it.
constexpr std::chrono::seconds reach_of_thumbnails{10};

using Withdrawn = std::span<const catalog::WithdrawnSpan>;
using catalog::media::Revision;
using catalog::media::TrackKind;

/// "slide-0001-r1.webp"
std::string with_revision(const std::string& name, unsigned revision) {
    const auto dot = std::min(name.rfind('.'), name.size());
    return name.substr(0, dot) + catalog::media::revision_mark(revision) + name.substr(dot);
}

/// Names by which a picture may no longer be asked for.
void withdraw_names(Stills& stills, const std::string& name, const Revision& revision) {
    const bool is_withheld = revision.given == Revision::Given::withheld;
    for (unsigned each = 0; each < revision.number + (is_withheld ? 1 : 0); ++each) {
        stills.withdrawn.insert(with_revision(name, each));
    }
}

/// Leaves out what is withheld, and names the others with their revisions.
template <class Item>
void revise_items(Stills& stills, std::vector<Item>& items, const std::map<std::string, Revision>& revisions) {
    std::erase_if(items, [&revisions](const Item& item) {
        return revisions.at(item.file).given == Revision::Given::withheld;
    });
    for (Item& item : items) {
        item.file = with_revision(item.file, revisions.at(item.file).number);
    }
    for (const auto& [name, revision] : revisions) {
        withdraw_names(stills, name, revision);
    }
}

/// When the pictures of a file were taken.
template <class Item>
std::map<std::string, catalog::Span> spans_of(const std::vector<Item>& items, milliseconds reach) {
    std::map<std::string, catalog::Span> spans;
    for (const Item& item : items) {
        auto& span = spans.try_emplace(item.file, catalog::Span{item.begin, item.end}).first->second;
        span.begin = std::min(span.begin, item.begin);
        span.end = std::max(span.end, item.end + reach);
    }
    return spans;
}

template <class Item>
void revise(Stills& stills, std::vector<Item>& items, milliseconds reach, Withdrawn withdrawn) {
    std::map<std::string, Revision> revisions;
    for (const auto& [name, span] : spans_of(items, reach)) {
        revisions.emplace(name, revision_of(withdrawn, TrackKind::picture, span.begin, span.end));
    }
    revise_items(stills, items, revisions);
}

/// Nobody knows when it was taken: it is made anew with every span that is blanked.
void revise_poster(Stills& stills, Withdrawn withdrawn) {
    if (stills.poster.empty()) {
        return;
    }
    const auto revision = revision_of(withdrawn, TrackKind::picture, milliseconds(0), std::chrono::hours(1000));
    withdraw_names(stills, stills.poster, revision);
    const bool is_given = revision.given == Revision::Given::yes;
    stills.poster = is_given ? with_revision(stills.poster, revision.number) : "";
}

} // namespace

std::string without_revision(std::string_view name) {
    const auto dot = std::min(name.rfind('.'), name.size());
    const auto mark = name.rfind("-r", dot);
    return std::string(name.substr(0, std::min(mark, dot))) + std::string(name.substr(dot));
}

std::shared_ptr<const Stills> load_stills(const std::filesystem::path& path, Withdrawn withdrawn) {
    auto folder = OpenFile::find_folder(path);
    if (!folder) {
        return nullptr;
    }
    auto stills = std::make_shared<Stills>();
    stills->folder = std::move(folder);
    if (OpenFile::find_in(*stills->folder, poster_name)) {
        stills->poster = poster_name;
    }
    stills->thumbnails = read_index(*stills->folder, path / "thumbnails.vtt", parse_thumbnails);
    stills->slides = read_index(*stills->folder, path / "slides.json", parse_slides);
    revise(*stills, stills->thumbnails, reach_of_thumbnails, withdrawn);
    revise(*stills, stills->slides, milliseconds(0), withdrawn);
    revise_poster(*stills, withdrawn);
    if (!stills->poster.empty()) {
        stills->pictures.insert(stills->poster);
    }
    if (auto show = load_presentation(path, nullptr, withdrawn); show && show->ended) {
        stills->show = std::move(show);
    }
    finish(*stills);
    return stills;
}

std::shared_ptr<const Stills> cut_to(const Stills& whole, const Clip& clip) {
    auto part = std::make_shared<Stills>();
    part->folder = whole.folder;
    part->withdrawn = whole.withdrawn;
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
