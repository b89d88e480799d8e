#include "transcoder/stages/picture_reader.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace transcoder::stages {

using std::chrono::microseconds;

PictureReader::PictureReader(const av::SourceFile& file, const plan::Plan& plan, Ending& ending)
    : plan_(plan), ending_(ending), decoded_(file, plan) {}

void PictureReader::start_at(std::int64_t frame) {
    lost_ = 0;
    if (plan_.source.access == plan::SourceFacts::Access::in_order) {
        assert(frame >= at_);
        at_ = frame;
        return;
    }
    at_ = frame;
    end_.reset();
    // A listed chunk begins with an IDR picture, and what is handed on needs no filter that looks
    // back. Half a frame more, for instants are rounded.
    const auto begin = plan_.grid.at(frame);
    constexpr auto whole = microseconds::min();
    if (plan_.grid.is_listed() && frame > 0 &&
        found_from(frame, begin + plan_.grid.at(1) / 2, whole))
        return;
    // Filters look a picture back; a key frame may lie anywhere before.
    constexpr std::array before{microseconds(500'000), microseconds(10'000'000),
                                microseconds(60'000'000)};
    // Of pictures whose order a decoder has to find out it sees a second of them whole.
    constexpr microseconds seen_whole{1'000'000};
    for (const auto earlier : before) {
        if (begin <= earlier)
            break;
        if (!is_sparse_ && found_from(frame, begin - earlier, begin - seen_whole))
            return;
        if (found_from(frame, begin - earlier, whole))
            return;
    }
    decoded_.restart();
    read_to(frame);
}

/// Whether what is shown at `frame` is found going to `instant` and reading on.
bool PictureReader::found_from(std::int64_t frame, microseconds instant, microseconds all_from) {
    if (!decoded_.seek(instant, all_from) || !read_to(frame))
        return false;
    // Between what is shown and the frame others may have been left out.
    is_sparse_ |= shown_->picture.instant < all_from;
    return shown_->picture.instant >= all_from;
}

/// Whether a picture is shown at `frame`, reading from here.
bool PictureReader::read_to(std::int64_t frame) {
    lost_ = 0;
    shown_.reset();
    last_known_ = 0;
    upcoming_ = place_next();
    if (!upcoming_ || upcoming_->frame > frame)
        return false;
    while (upcoming_ && upcoming_->frame <= frame)
        show_next();
    return true;
}

std::optional<PictureReader::Placed> PictureReader::place_next() {
    auto picture = decoded_.next();
    if (!picture)
        return std::nullopt;
    const auto& grid = plan_.grid;
    Placed placed;
    placed.frame = std::max<std::int64_t>(0, grid.nearest(picture->instant));
    // A last picture may be meant to stay; one that says it stays for minutes is a broken header.
    constexpr std::chrono::seconds longest{30};
    const auto lasts = picture->lasts <= longest ? picture->lasts : microseconds{0};
    placed.frame_after = std::max(placed.frame + 1, grid.nearest(picture->instant + lasts));
    placed.picture = std::move(*picture);
    if (placed.frame > Ending::most_frames(grid))
        return std::nullopt;
    last_known_ = std::max(last_known_, placed.frame_after);
    return placed;
}

/// What comes next is shown from here on.
void PictureReader::show_next() {
    if (shown_ && upcoming_->picture.before == TimedPicture::Before::damaged)
        lost_ += std::max<std::int64_t>(0, upcoming_->frame - shown_->frame - 1);
    shown_ = std::move(upcoming_);
    upcoming_ = place_next();
}

std::int64_t PictureReader::next_key() const { return plan_.grid.key_after(at_); }

/// Goes over pictures that show what is shown already: but no further than the next key frame, for
/// a recording may show one slide to its end.
void PictureReader::skip_repeats() {
    while (upcoming_ && upcoming_->picture.serial == shown_->picture.serial &&
           upcoming_->frame < next_key())
        show_next();
}

std::optional<PictureReader::Shown> PictureReader::next() {
    if (!shown_ && !upcoming_ && !end_)
        upcoming_ = place_next();
    while (upcoming_ && upcoming_->frame <= at_)
        show_next();
    if (shown_)
        skip_repeats();
    if (!upcoming_ && !end_)
        end_ = ending_.frames(last_known_);
    if (end_ && at_ >= *end_)
        return std::nullopt;
    // Before the first picture of all the first is shown.
    const auto& shown = shown_ ? shown_ : upcoming_;
    if (!shown) {
        end_ = 0; // not one picture could be decoded
        return std::nullopt;
    }
    const auto change = upcoming_ ? upcoming_->frame : *end_;
    const auto frame = at_;
    const auto until = std::min(change, next_key());
    ++at_;
    return Shown{shown->picture.frame.get(), {frame, until, shown->picture.serial}};
}

} // namespace transcoder::stages
