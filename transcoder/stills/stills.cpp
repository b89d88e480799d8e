#include "transcoder/stills/stills.h"

#include "transcoder/av/still.h"
#include "transcoder/folder/fresh_folder.h"
#include "transcoder/stills/poster.h"
#include "transcoder/stills/rendition_reader.h"
#include "transcoder/stills/slide_files.h"
#include "transcoder/stills/slide_finder.h"
#include "transcoder/stills/slide_track.h"
#include "transcoder/stills/thin_sound.h"
#include "transcoder/stills/thumbnails.h"

#include <algorithm>
#include <functional>
#include <future>
#include <vector>

namespace transcoder::stills {

namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;

struct Found {
    std::vector<Slide> slides;
    microseconds poster{0};
};

/// Looks at each key picture of the thinnest rendition once.
Found look_through(const fs::path& thin, Thumbnails& thumbnails, microseconds duration) {
    RenditionReader rendition(thin);
    PosterChoice poster;
    SlideFinder slides;
    while (const auto gop = rendition.next()) {
        const auto picture = key_picture(rendition, *gop);
        if (!picture)
            continue;
        thumbnails.add(gop->begin, *picture);
        poster.add(gop->begin, *picture);
        if (has_cells(*picture))
            slides.add(gop->begin, *picture);
    }
    return {slides.finish(duration), poster.chosen()};
}

/// The picture of a GOP from which on all are like `after`, which follows it.
microseconds begin_within(const RenditionReader& rendition, const Gop& gop, const AVFrame& after) {
    std::optional<microseconds> begin;
    Pictures pictures(rendition.stream(), gop.packets);
    while (const auto picture = pictures.next()) {
        if (is_another_slide(changed(*picture->frame, after)))
            begin.reset();
        else if (!begin && picture->at > gop.begin)
            begin = picture->at;
    }
    return begin.value_or(gop.end);
}

/// Finds the very picture with which each slide came, where so far only the key pictures before and
/// after it are known.
void sharpen(std::vector<Slide>& slides, const fs::path& thin) {
    RenditionReader rendition(thin);
    auto gop = rendition.next();
    for (std::size_t i = 1; i < slides.size(); ++i) {
        while (gop && gop->end <= slides[i].before)
            gop = rendition.next();
        auto following = rendition.next();
        if (!gop || !following)
            return;
        if (const auto after = key_picture(rendition, *following)) {
            slides[i].begin = begin_within(rendition, *gop, *after);
            slides[i - 1].end = slides[i].begin;
        }
        gop = std::move(following);
    }
}

/// A picture that somebody wants of a rendition.
struct Wish {
    microseconds at;
    std::function<void(const AVFrame&)> take;
};

/// Reads through a rendition once, and decodes no more of it than is wished for.
void fulfil(std::vector<Wish> wishes, const fs::path& file) {
    std::ranges::stable_sort(wishes, {}, &Wish::at);
    RenditionReader rendition(file);
    auto wish = wishes.begin();
    while (wish != wishes.end()) {
        const auto gop = rendition.next();
        if (!gop)
            return;
        for (; wish != wishes.end() && wish->at < gop->end; ++wish)
            if (const auto picture = picture_at(rendition, *gop, wish->at))
                wish->take(*picture);
    }
}

av::Size poster_size(const AVFrame& picture) {
    constexpr int widest = 1280;
    if (picture.width <= widest)
        return {picture.width, picture.height};
    return {widest, std::max(2, picture.height * widest / picture.width / 2 * 2)};
}

void write_poster(const folder::FreshFolder& folder, const AVFrame& picture) {
    constexpr auto jpeg = av::StillKind::jpeg;
    const auto still = av::to_still(picture, poster_size(picture), jpeg);
    folder.write("poster.jpg", av::encode_still(*still, jpeg));
}

/// The poster and each slide, from the top rendition.
void take_from_top(const folder::FreshFolder& fresh, const fs::path& top, const Found& found,
                   SlideTrack& track) {
    SlideFiles files(fresh);
    std::vector<Wish> wishes;
    wishes.push_back(
        {found.poster, [&fresh](const AVFrame& picture) { write_poster(fresh, picture); }});
    for (const auto& slide : found.slides)
        wishes.push_back({slide.still, [&files, &track, &slide](const AVFrame& picture) {
                              files.add(slide, picture);
                              track.add(picture, slide.end);
                          }});
    fulfil(std::move(wishes), top);
    files.finish();
    track.finish();
}

/// What has been found, as pictures and as a presentation. Pictures too small to look at have none.
void write_slides(const folder::FreshFolder& fresh, const fs::path& folder, const plan::Plan& plan,
                  const Found& found, sound::Waveform& waveform, unsigned threads) {
    const auto cuts = slide_cuts(found.slides);
    if (cuts.empty())
        return;
    std::future<Track> sound;
    if (plan.sound)
        sound = std::async(std::launch::async, [&] {
            return make_thin_sound(folder / (plan.sound->name + ".mp4"), fresh, cuts, waveform,
                                   threads);
        });
    SlideTrack track(fresh, plan, cuts);
    take_from_top(fresh, folder / (plan.rungs.back().name + ".mp4"), found, track);
    if (!sound.valid())
        return write_slide_show(fresh, plan, track.track(), nullptr);
    const auto heard = sound.get();
    write_slide_show(fresh, plan, track.track(), &heard);
}

} // namespace

void make_stills(const fs::path& folder, const plan::Plan& plan, microseconds duration,
                 sound::Waveform& waveform, unsigned threads) {
    if (plan.rungs.empty())
        return;
    const auto& thinnest = plan.rungs.front();
    const auto thin = folder / (thinnest.name + ".mp4");
    const folder::FreshFolder fresh(folder / "stills");
    Thumbnails thumbnails(fresh, {thinnest.width, thinnest.height}, duration);
    auto found = look_through(thin, thumbnails, duration);
    thumbnails.finish();
    sharpen(found.slides, thin);
    write_slides(fresh, folder, plan, found, waveform, threads);
    fresh.finish();
}

} // namespace transcoder::stills
