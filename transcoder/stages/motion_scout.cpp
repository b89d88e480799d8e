#include "transcoder/stages/motion_scout.h"

#include "transcoder/av/same_picture.h"

namespace transcoder::stages {

namespace {

/// As many as tell a film from a slide that has just come.
constexpr int looked_at = 9;
/// Of the picture's blocks, from one picture to the next: a speaker's corner is less.
constexpr double little = 0.25;

} // namespace

MotionScout::MotionScout(PictureReader& pictures, const plan::Plan& plan)
    : pictures_(pictures), plan_(plan) {}

void MotionScout::start_at(std::int64_t frame) {
    ahead_.clear();
    pictures_.start_at(frame);
}

std::optional<PictureReader::Shown> MotionScout::next() {
    if (ahead_.empty() && !hold_next())
        return std::nullopt;
    if (plan_.grid.is_key(ahead_.front().when.frame))
        look_ahead();
    given_ = std::move(ahead_.front().picture);
    const auto when = ahead_.front().when;
    ahead_.pop_front();
    return PictureReader::Shown{given_.get(), when};
}

bool MotionScout::hold_next() {
    const auto shown = pictures_.next();
    if (shown)
        ahead_.push_back({av::another(*shown->picture), shown->when});
    return shown.has_value();
}

void MotionScout::look_ahead() {
    const auto end = plan_.grid.key_after(ahead_.front().when.frame);
    double changed = 0;
    int compared = 0;
    while (compared < looked_at && ahead_.back().when.frame + 1 < end && hold_next()) {
        const auto& last = ahead_[ahead_.size() - 2];
        if (last.when.serial == ahead_.back().when.serial)
            continue;
        changed += av::changed_share(*last.picture, *ahead_.back().picture);
        ++compared;
    }
    motion_ = changed <= little * compared ? Motion::little : Motion::much;
}

} // namespace transcoder::stages
