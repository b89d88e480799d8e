#include "transcoder/withdraw/remade_stills.h"

#include "catalog/media/media_folder.h"
#include "transcoder/av/still.h"
#include "transcoder/folder/files.h"
#include "transcoder/folder/fresh_folder.h"
#include "transcoder/folder/text_file.h"
#include "transcoder/stills/poster.h"
#include "transcoder/stills/poster_file.h"
#include "transcoder/stills/rendition_reader.h"
#include "transcoder/stills/thumbnails.h"
#include "transcoder/withdraw/picture_before.h"
#include "transcoder/withdraw/rendition.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>

namespace transcoder::withdraw {

namespace {

namespace fs = std::filesystem;
using catalog::Span;
using catalog::media::MediaFolder;
using catalog::media::Variant;
using std::chrono::microseconds;
using std::chrono::milliseconds;

std::int64_t pixels(const Variant& variant) {
    return variant.picture ? std::int64_t{variant.picture->width} * variant.picture->height : 0;
}

/// The variant with fewest or most pixels; of several of one size the first, or the last.
const Variant& thinnest(const MediaFolder& media) {
    return *std::ranges::min_element(media.main.variants, {}, pixels);
}
const Variant& largest(const MediaFolder& media) {
    const auto is_smaller = [](const Variant& a, const Variant& b) { return pixels(a) <= pixels(b); };
    return *std::max_element(media.main.variants.begin(), media.main.variants.end(), is_smaller);
}

/// A file that comes out otherwise.
void replace_where_changed(const fs::path& file, const fs::path& other) {
    const auto fresh = folder::read_text(other);
    if (fresh && fs::exists(file) && folder::read_text(file) != fresh)
        folder::replace_file(file, *fresh);
}

/// When a picture of a slide can be taken that shows nothing of the spans: as late as it can be, for a slide
/// has then all that was added to it. Nothing where it stands within them.
std::optional<milliseconds> instant_outside(const Span& slide, const std::vector<Span>& blanked) {
    auto end = slide.end;
    for (bool has_moved = true; has_moved;) {
        has_moved = false;
        for (const auto& span : blanked)
            if (span.begin < end && end <= span.end) {
                end = span.begin;
                has_moved = true;
            }
    }
    return end > slide.begin ? std::optional(end) : std::nullopt;
}

milliseconds time_in(const nlohmann::ordered_json& slide, const char* name) {
    return milliseconds(std::llround(slide.at(name).get<double>() * 1000));
}

/// `slides.json` is our own: what is no such list was broken since, and throws.
void remake_slides(const fs::path& stills, const Rendition& top, const std::vector<Span>& blanked) {
    const auto text = folder::read_text(stills / "slides.json");
    if (!text)
        return;
    const auto slides = nlohmann::ordered_json::parse(*text);
    auto left = nlohmann::ordered_json::array();
    std::vector<fs::path> gone;
    for (const auto& slide : slides) {
        const Span stands{time_in(slide, "at_s"), time_in(slide, "until_s")};
        const auto file = stills / fs::path(slide.at("file").get<std::string>()).filename();
        const auto is_touched = std::ranges::any_of(
            blanked, [&stands](const Span& span) { return meets(stands.begin, stands.end, span); });
        const auto instant = is_touched ? instant_outside(stands, blanked) : std::nullopt;
        const auto picture = instant ? picture_before(top, *instant) : nullptr;
        if (is_touched && !picture) {
            gone.push_back(file);
            continue;
        }
        if (picture) {
            constexpr auto webp = av::StillKind::webp;
            const auto still = av::to_still(*picture, {picture->width, picture->height}, webp);
            folder::replace_file(file, av::encode_still(*still, webp));
        }
        left.push_back(slide);
    }
    if (!gone.empty())
        folder::replace_file(stills / "slides.json", left.dump(1) + "\n");
    for (const auto& file : gone)
        fs::remove(file);
}

} // namespace

void remake_stills(const fs::path& path, const std::vector<Span>& blanked) {
    const auto stills = path / "stills";
    const auto media = catalog::media::read_media_folder(path);
    if (blanked.empty() || !fs::exists(stills) || !media || pixels(thinnest(*media)) == 0)
        return;
    const auto& thin = thinnest(*media);
    stills::PosterChoice poster;
    {
        const auto place = path / "retaken";
        const folder::FreshFolder fresh(place);
        stills::Thumbnails thumbnails(fresh, {thin.picture->width, thin.picture->height},
                                      media->renditions.at(thin.rendition).duration());
        stills::RenditionReader rendition(path / (thin.rendition + ".mp4"));
        while (const auto gop = rendition.next())
            if (const auto picture = key_picture(rendition, *gop)) {
                thumbnails.add(gop->begin, *picture);
                poster.add(gop->begin, *picture);
            }
        thumbnails.finish();
        fresh.finish();
        for (const auto& entry : fs::directory_iterator(place))
            replace_where_changed(stills / entry.path().filename(), entry.path());
        fs::remove_all(place);
    }
    const Rendition top(path, largest(*media).rendition);
    // Shown at that instant, for the key pictures of all renditions are.
    if (const auto picture = picture_before(top, poster.chosen() + std::chrono::milliseconds(2)))
        folder::replace_file(stills / "poster.jpg", stills::poster_of(*picture));
    remake_slides(stills, top, blanked);
}

} // namespace transcoder::withdraw
