#include "transcoder/stills/stills.h"

#include "transcoder/folder/fresh_folder.h"
#include "transcoder/stills/poster.h"
#include "transcoder/stills/poster_file.h"
#include "transcoder/stills/rendition_reader.h"
#include "transcoder/stills/slide_files.h"
#include "transcoder/stills/slide_finder.h"
#include "transcoder/stills/slide_track.h"
#include "transcoder/stills/thin_sound.h"
#include "transcoder/stills/thumbnails.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <utility>
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

/// A picture that somebody wants of a rendition: that of `at`, or a key picture before it that is
/// shown at `from` or later.
struct Wish {
    microseconds from;
    microseconds at;
    std::function<void(const AVFrame&)> take;

    microseconds within(const Gop& gop) const { return from <= gop.begin ? gop.begin : at; }
};

/// The pictures that are wished for of one GOP.
struct Wished {
    Gop gop;
    std::vector<Wish> wishes;

    std::vector<av::Frame> pictures(const AVStream& stream) const {
        std::vector<microseconds> instants;
        for (const auto& wish : wishes)
            instants.push_back(wish.within(gop));
        return pictures_at(stream, gop, instants);
    }
};

/// Goes through what is wished for in order, and decodes so much of it at once.
class Fulfilment {
  public:
    Fulfilment(const AVStream& stream, unsigned threads) : stream_(stream), threads_(threads) {}

    void add(Gop gop, std::vector<Wish> wishes) {
        std::ranges::stable_sort(wishes, {}, [&](const Wish& wish) { return wish.within(gop); });
        if (under_way_.size() >= threads_)
            take_first();
        auto& [wished, pictures] = under_way_.emplace_back(
            std::make_unique<Wished>(std::move(gop), std::move(wishes)), Pictured());
        pictures = std::async(std::launch::async, &Wished::pictures, wished.get(),
                              std::cref(stream_));
    }
    void finish() {
        while (!under_way_.empty())
            take_first();
    }

  private:
    using Pictured = std::future<std::vector<av::Frame>>;

    void take_first() {
        auto [wished, pictured] = std::move(under_way_.front());
        under_way_.pop_front();
        const auto pictures = pictured.get();
        for (std::size_t i = 0; i < pictures.size(); ++i)
            if (pictures[i])
                wished->wishes[i].take(*pictures[i]);
    }

    const AVStream& stream_;
    std::size_t threads_;
    std::deque<std::pair<std::unique_ptr<Wished>, Pictured>> under_way_;
};

/// Reads through a rendition once, and decodes no more of it than is wished for.
void fulfil(std::vector<Wish> wishes, const fs::path& file, unsigned threads) {
    std::ranges::stable_sort(wishes, {}, &Wish::at);
    RenditionReader rendition(file);
    Fulfilment fulfilment(rendition.stream(), threads);
    auto wish = wishes.begin();
    while (wish != wishes.end()) {
        auto gop = rendition.next();
        if (!gop)
            break;
        const auto behind = std::ranges::lower_bound(wish, wishes.end(), gop->end, {}, &Wish::at);
        if (behind != wish)
            fulfilment.add(std::move(*gop), {std::move_iterator(wish), std::move_iterator(behind)});
        wish = behind;
    }
    fulfilment.finish();
}

/// The poster and each slide, from the top rendition.
void take_from_top(const folder::FreshFolder& fresh, const fs::path& top, const Found& found,
                   SlideTrack& track, unsigned threads) {
    SlideFiles files(fresh);
    std::vector<Wish> wishes;
    wishes.push_back(
        {found.poster, found.poster, [&fresh](const AVFrame& picture) { fresh.write("poster.jpg", poster_of(picture)); }});
    for (const auto& slide : found.slides)
        wishes.push_back({slide.begin, slide.still, [&files, &track, &slide](const AVFrame& picture) {
                              files.add(slide, picture);
                              track.add(picture, slide.end);
                          }});
    fulfil(std::move(wishes), top, threads);
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
    take_from_top(fresh, folder / (plan.rungs.back().name + ".mp4"), found, track,
                  threads);
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
